package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"os"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// A resource that lives in Terraform's state alone.
func resourceOf(t typeSchema) *schema.Resource {
	r := &schema.Resource{
		Schema:        schemaOf(t.block, t.Rules, ""),
		Timeouts:      timeoutsOf(t.block),
		CreateContext: func(_ context.Context, d *schema.ResourceData, meta any) diag.Diagnostics { return create(t, d, meta) },
		ReadContext:   func(context.Context, *schema.ResourceData, any) diag.Diagnostics { return nil },
		DeleteContext: func(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics { return destroy(d) },
		CustomizeDiff: func(_ context.Context, d *schema.ResourceDiff, meta any) error { return planned(t, d, meta) },
		Importer:      &schema.ResourceImporter{StateContext: imported(t)},
	}
	if hasUpdate(r.Schema) {
		r.UpdateContext = func(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics { return update(t, d) }
	}
	return r
}

// The SDK wants no update where every argument replaces the resource.
func hasUpdate(fields map[string]*schema.Schema) bool {
	for _, field := range fields {
		if (field.Optional || field.Required) && !field.ForceNew {
			return true
		}
	}
	return false
}

func create(t typeSchema, d *schema.ResourceData, meta any) diag.Diagnostics {
	hash := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%s %s", t.Type, d.GetRawPlan().GoString())))[:17]
	d.SetId(idOf(t, d, hash))
	s := meta.(*settings)
	for name, a := range t.Arguments {
		if _, given := d.GetOk(name); given || name == "id" || !(a.ReadOnly || a.Computed) {
			continue
		}
		if err := d.Set(name, s.madeUp(t, d, name, a, hash)); err != nil {
			return diag.FromErr(err)
		}
	}
	for name, b := range t.Blocks {
		if _, given := d.GetOk(name); given || !(b.ReadOnly || (b.Computed && b.Max == 1)) {
			continue
		}
		if err := d.Set(name, []any{madeUpBlock(b, hash)}); err != nil {
			return diag.FromErr(err)
		}
	}
	return nil
}

// AWS calls a cluster, a role, a log group by its name.
func idOf(t typeSchema, d *schema.ResourceData, hash string) string {
	if _, named := t.Arguments["name"]; named {
		if name, ok := d.GetOk("name"); ok {
			return name.(string)
		}
	}
	return fmt.Sprintf("%s-%s", t.Type, hash)
}

func (s *settings) madeUp(t typeSchema, d *schema.ResourceData, name string, a argument, hash string) any {
	switch {
	case name == "region":
		return s.region
	case name == "arn" || name == "access_entry_arn" || name == "association_arn":
		return fmt.Sprintf("arn:aws:stand-in:%s:%s:%s/%s", s.region, s.accountID, t.Type, hash)
	case a.Type == "string":
		if prefix, ok := d.GetOk(name + "_prefix"); ok {
			return prefix.(string) + hash
		}
		return name + "-" + hash
	}
	return emptyOf(a.Type)
}

func emptyOf(kind string) any {
	switch kind {
	case "number":
		return 1.0
	case "bool":
		return false
	}
	return nil
}

func madeUpBlock(b block, hash string) map[string]any {
	made := map[string]any{}
	for name, a := range b.Arguments {
		made[name] = emptyOf(a.Type)
		if a.Type == "string" {
			made[name] = base64.StdEncoding.EncodeToString([]byte(name + "-" + hash))
		}
	}
	for name, nested := range b.Blocks {
		made[name] = []any{madeUpBlock(nested, hash)}
	}
	return made
}

func update(t typeSchema, d *schema.ResourceData) diag.Diagnostics {
	for name, a := range t.Arguments {
		if !a.NewOnChange {
			continue
		}
		before, _ := d.GetChange(name)
		if err := d.Set(name, before.(float64)+1); err != nil {
			return diag.FromErr(err)
		}
	}
	return nil
}

func destroy(d *schema.ResourceData) diag.Diagnostics {
	if _, ok := d.GetOk("deletion_protection"); ok {
		return diag.Errorf("%s has deletion protection", d.Id())
	}
	return nil
}

func planned(t typeSchema, d *schema.ResourceDiff, meta any) error {
	if _, tagged := t.Arguments["tags_all"]; tagged {
		if err := planTags(d, meta.(*settings)); err != nil {
			return err
		}
	}
	if d.Id() == "" || len(d.GetChangedKeysPrefix("")) == 0 {
		return nil
	}
	for name, a := range t.Arguments {
		if !a.NewOnChange {
			continue
		}
		if err := d.SetNewComputed(name); err != nil {
			return err
		}
	}
	return nil
}

func planTags(d *schema.ResourceDiff, s *settings) error {
	if !d.GetRawConfig().GetAttr("tags").IsWhollyKnown() {
		return d.SetNewComputed("tags_all")
	}
	all := maps.Clone(s.defaultTags)
	maps.Copy(all, d.Get("tags").(map[string]any))
	if maps.Equal(all, d.Get("tags_all").(map[string]any)) {
		return nil
	}
	return d.SetNew("tags_all", all)
}

// What exists already: STAND_IN_EXISTING names a file with the attributes of each thing, by its type and by what it is imported by.
func imported(t typeSchema) schema.StateContextFunc {
	return func(_ context.Context, d *schema.ResourceData, meta any) ([]*schema.ResourceData, error) {
		existing := map[string]map[string]map[string]any{}
		file, err := os.ReadFile(os.Getenv("STAND_IN_EXISTING"))
		if err == nil {
			err = json.Unmarshal(file, &existing)
		}
		if err != nil {
			return nil, fmt.Errorf("STAND_IN_EXISTING: %w", err)
		}
		attributes, exists := existing[t.Type][d.Id()]
		if !exists {
			return nil, fmt.Errorf("there is no %s %q", t.Type, d.Id())
		}
		for name, value := range attributes {
			if err := d.Set(name, meta.(*settings).fill(value)); err != nil {
				return nil, err
			}
		}
		return []*schema.ResourceData{d}, nil
	}
}

// A data source that says what answers.json has for it, and makes up the rest.
func dataSourceOf(t typeSchema, answers map[string]any) *schema.Resource {
	return &schema.Resource{
		Schema:   schemaOf(t.block, t.Rules, ""),
		Timeouts: timeoutsOf(t.block),
		ReadContext: func(_ context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
			if diags := create(t, d, meta); diags != nil {
				return diags
			}
			for name, answer := range answers {
				if err := d.Set(name, meta.(*settings).fill(answer)); err != nil {
					return diag.FromErr(err)
				}
			}
			return nil
		},
	}
}
