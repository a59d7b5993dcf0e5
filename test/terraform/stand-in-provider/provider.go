package main

import (
	"context"
	"os"
	"slices"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// What the provider's block says, as far as anything here depends on it.
type settings struct {
	region      string
	accountID   string
	defaultTags map[string]any
}

func newProvider(types []typeSchema, answers map[string]map[string]any) *schema.Provider {
	p := &schema.Provider{
		ConfigureContextFunc: configure,
		ResourcesMap:         map[string]*schema.Resource{},
		DataSourcesMap:       map[string]*schema.Resource{},
	}
	for _, t := range types {
		switch t.Kind {
		case "provider":
			p.Schema = schemaOf(t.block, t.Rules, "")
		case "resource":
			p.ResourcesMap[t.Type] = resourceOf(t)
		case "data":
			p.DataSourcesMap[t.Type] = dataSourceOf(t, answers[t.Type])
		}
	}
	return p
}

func configure(_ context.Context, d *schema.ResourceData) (any, diag.Diagnostics) {
	s := &settings{region: d.Get("region").(string), accountID: os.Getenv("STAND_IN_ACCOUNT_ID"), defaultTags: map[string]any{}}
	if s.region == "" {
		return nil, diag.Errorf("the stand-in for hashicorp/aws needs a region")
	}
	var allowed []string
	for _, id := range d.Get("allowed_account_ids").(*schema.Set).List() {
		allowed = append(allowed, id.(string))
	}
	if s.accountID == "" && len(allowed) > 0 {
		s.accountID = allowed[0]
	}
	if len(allowed) > 0 && !slices.Contains(allowed, s.accountID) {
		return nil, diag.Errorf("AWS account ID not allowed: %s", s.accountID)
	}
	if tags, ok := d.GetOk("default_tags.0.tags"); ok {
		s.defaultTags = tags.(map[string]any)
	}
	return s, nil
}

// Puts what is asked for in the place of a name: the region, the account, or a variable of the environment.
func (s *settings) fill(answer any) any {
	switch value := answer.(type) {
	case string:
		return os.Expand(value, func(name string) string {
			switch name {
			case "region":
				return s.region
			case "account":
				return s.accountID
			}
			return os.Getenv(name)
		})
	case []any:
		var filled []any
		for _, entry := range value {
			filled = append(filled, s.fill(entry))
		}
		return filled
	case map[string]any:
		filled := map[string]any{}
		for name, entry := range value {
			filled[name] = s.fill(entry)
		}
		return filled
	}
	return answer
}
