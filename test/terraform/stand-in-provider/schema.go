package main

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// One block of the table: see provider-schema.ts, which writes it.
type block struct {
	Nesting   string              `json:"nesting"`
	Max       int                 `json:"max"`
	Required  bool                `json:"required"`
	ReadOnly  bool                `json:"readOnly"`
	Computed  bool                `json:"computed"`
	ForceNew  bool                `json:"forceNew"`
	Arguments map[string]argument `json:"arguments"`
	Blocks    map[string]block    `json:"blocks"`
}

type argument struct {
	Type        string     `json:"type"`
	Required    bool       `json:"required"`
	ReadOnly    bool       `json:"readOnly"`
	Computed    bool       `json:"computed"`
	ForceNew    bool       `json:"forceNew"`
	NewOnChange bool       `json:"newOnChange"`
	Values      []any      `json:"values"`
	Range       []*float64 `json:"range"`
	Length      []*float64 `json:"length"`
	Pattern     string     `json:"pattern"`
}

type rules struct {
	Conflicts    [][]string          `json:"conflicts"`
	ExactlyOneOf [][]string          `json:"exactlyOneOf"`
	AtLeastOneOf [][]string          `json:"atLeastOneOf"`
	Requires     map[string][]string `json:"requires"`
}

type typeSchema struct {
	Type  string `json:"type"`
	Kind  string `json:"kind"`
	Rules rules  `json:"rules"`
	block
}

const timeouts = "timeouts"

// The schema of a body; the SDK adds `id` and `timeouts` of a resource itself.
func schemaOf(b block, rules rules, path string) map[string]*schema.Schema {
	fields := map[string]*schema.Schema{}
	for name, a := range b.Arguments {
		if path == "" && name == "id" {
			continue
		}
		fields[name] = withRules(argumentSchema(a), rules, path+name)
	}
	for name, nested := range b.Blocks {
		if name == timeouts && path == "" {
			continue
		}
		fields[name] = withRules(blockSchema(nested, rules, path+name), rules, path+name)
	}
	return fields
}

func argumentSchema(a argument) *schema.Schema {
	s := &schema.Schema{Required: a.Required, Optional: !a.Required && !a.ReadOnly, Computed: a.Computed || a.ReadOnly, ForceNew: a.ForceNew}
	collection, element, isCollection := strings.Cut(strings.TrimSuffix(a.Type, ")"), "(")
	if !isCollection {
		s.Type = primitive(a.Type)
		s.ValidateFunc = validator(a)
		return s
	}
	s.Type = map[string]schema.ValueType{"list": schema.TypeList, "set": schema.TypeSet, "map": schema.TypeMap}[collection]
	s.Elem = &schema.Schema{Type: primitive(element), ValidateFunc: validator(a)}
	return s
}

func primitive(name string) schema.ValueType {
	types := map[string]schema.ValueType{"string": schema.TypeString, "number": schema.TypeFloat, "bool": schema.TypeBool}
	return types[name]
}

func blockSchema(b block, rules rules, path string) *schema.Schema {
	s := &schema.Schema{Type: schema.TypeList, Required: b.Required, Optional: !b.Required && !b.ReadOnly, Computed: b.Computed || b.ReadOnly, ForceNew: b.ForceNew}
	if b.Nesting == "set" {
		s.Type = schema.TypeSet
	}
	if !b.ReadOnly {
		s.MaxItems = b.Max
	}
	s.Elem = &schema.Resource{Schema: schemaOf(b, rules, path+".")}
	return s
}

func withRules(s *schema.Schema, r rules, path string) *schema.Schema {
	for _, pair := range r.Conflicts {
		s.ConflictsWith = append(s.ConflictsWith, othersOf(pair, path)...)
	}
	for _, group := range r.ExactlyOneOf {
		if len(othersOf(group, path)) > 0 {
			s.ExactlyOneOf = sdkPaths(group)
		}
	}
	for _, group := range r.AtLeastOneOf {
		if len(othersOf(group, path)) > 0 {
			s.AtLeastOneOf = sdkPaths(group)
		}
	}
	if others, ok := r.Requires[path]; ok {
		s.RequiredWith = sdkPaths(others)
	}
	return s
}

// The others of a group that a path belongs to; none where it does not.
func othersOf(group []string, path string) []string {
	var others []string
	found := false
	for _, member := range group {
		if member == path {
			found = true
		} else {
			others = append(others, member)
		}
	}
	if !found {
		return nil
	}
	return sdkPaths(others)
}

// The SDK counts blocks: `update_config.0.max_unavailable`.
func sdkPaths(paths []string) []string {
	var all []string
	for _, path := range paths {
		all = append(all, strings.ReplaceAll(path, ".", ".0."))
	}
	return all
}

func validator(a argument) schema.SchemaValidateFunc {
	if a.Values == nil && a.Range == nil && a.Length == nil && a.Pattern == "" {
		return nil
	}
	pattern := regexp.MustCompile(a.Pattern)
	return func(value any, name string) ([]string, []error) {
		size, bounds := 0.0, a.Range
		switch v := value.(type) {
		case string:
			size, bounds = float64(len(v)), a.Length
			if !pattern.MatchString(v) {
				return nil, []error{fmt.Errorf("expected %s to match %s, got %q", name, a.Pattern, v)}
			}
		case float64:
			size = v
		}
		if !contains(a.Values, value) {
			return nil, []error{fmt.Errorf("expected %s to be one of %v, got %v", name, a.Values, value)}
		}
		if len(bounds) == 2 && ((bounds[0] != nil && size < *bounds[0]) || (bounds[1] != nil && size > *bounds[1])) {
			return nil, []error{fmt.Errorf("expected %s to be in its range, got %v", name, value)}
		}
		return nil, nil
	}
}

func contains(values []any, value any) bool {
	for _, allowed := range values {
		if allowed == value {
			return true
		}
	}
	return values == nil
}

func timeoutsOf(b block) *schema.ResourceTimeout {
	named, ok := b.Blocks[timeouts]
	if !ok {
		return nil
	}
	limit := func(name string) *time.Duration {
		if _, ok := named.Arguments[name]; !ok {
			return nil
		}
		return schema.DefaultTimeout(20 * time.Minute)
	}
	return &schema.ResourceTimeout{Create: limit("create"), Read: limit("read"), Update: limit("update"), Delete: limit("delete")}
}
