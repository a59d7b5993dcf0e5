// A stand-in for hashicorp/aws in the tests of this repository. It is not that provider: see README.md.
package main

import (
	_ "embed"
	"encoding/json"
	"log"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/plugin"
)

// What the provider accepts; build.ts writes the file from the table of the tests.
//
//go:embed schema.json
var schemaFile []byte

// What the data sources say.
//
//go:embed answers.json
var answersFile []byte

func main() {
	var types []typeSchema
	if err := json.Unmarshal(schemaFile, &types); err != nil {
		log.Fatalf("schema.json: %s", err)
	}
	answers := map[string]map[string]any{}
	if err := json.Unmarshal(answersFile, &answers); err != nil {
		log.Fatalf("answers.json: %s", err)
	}
	plugin.Serve(&plugin.ServeOpts{ProviderFunc: func() *schema.Provider { return newProvider(types, answers) }})
}
