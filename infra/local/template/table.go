package template

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

const (
	tableKnown   = "AttributeDefinitions KeySchema GlobalSecondaryIndexes StreamSpecification TimeToLiveSpecification SSESpecification"
	tableIgnored = `TableName BillingMode ProvisionedThroughput OnDemandThroughput WarmThroughput TableClass
		PointInTimeRecoverySpecification DeletionProtectionEnabled Tags ResourcePolicy
		ContributorInsightsSpecification`
	indexIgnored = "ProvisionedThroughput OnDemandThroughput WarmThroughput ContributorInsightsSpecification"
)

// table reads one table.
func (r *reader) table(t resource) (Table, error) {
	if err := t.properties.only("the table", tableKnown, tableIgnored); err != nil {
		return Table{}, err
	}
	out := Table{Name: t.id}
	definitions, err := r.records(t.properties.get("AttributeDefinitions"), "AttributeName", "AttributeType")
	if err != nil {
		return Table{}, err
	}
	for _, definition := range definitions {
		out.Attributes = append(out.Attributes, Attribute{definition[0], definition[1]})
	}
	if out.Key, err = r.keySchema(t.properties.get("KeySchema")); err != nil {
		return Table{}, err
	}
	if len(out.Key) == 0 {
		return Table{}, fmt.Errorf("line %d: KeySchema is missing", t.line)
	}
	indexes, err := r.list(t.properties.get("GlobalSecondaryIndexes"))
	if err != nil {
		return Table{}, err
	}
	for _, node := range indexes {
		index, err := r.index(node)
		if err != nil {
			return Table{}, err
		}
		out.Indexes = append(out.Indexes, index)
	}
	stream, err := r.mapping(t.properties.get("StreamSpecification"))
	if err != nil {
		return Table{}, err
	}
	if out.StreamView, err = r.text(stream.get("StreamViewType")); err != nil {
		return Table{}, err
	}
	encryption, err := r.mapping(t.properties.get("SSESpecification"))
	if err != nil {
		return Table{}, err
	}
	key, err := r.text(encryption.get("KMSMasterKeyId"))
	if err != nil {
		return Table{}, err
	}
	if key != "" {
		out.EncryptionKey = r.attribute(key, typeKey, "Arn")
	}
	ttl, err := r.mapping(t.properties.get("TimeToLiveSpecification"))
	if err != nil {
		return Table{}, err
	}
	enabled, err := r.flag(ttl.get("Enabled"), false)
	if err != nil || !enabled {
		return out, err
	}
	out.TTL, err = r.text(ttl.get("AttributeName"))
	return out, err
}

func (r *reader) index(node *yaml.Node) (Index, error) {
	properties, err := r.mapping(node)
	if err != nil {
		return Index{}, err
	}
	if err := properties.only("the index", "IndexName KeySchema Projection", indexIgnored); err != nil {
		return Index{}, err
	}
	var out Index
	if out.Name, err = r.text(properties.get("IndexName")); err != nil {
		return Index{}, err
	}
	if out.Key, err = r.keySchema(properties.get("KeySchema")); err != nil {
		return Index{}, err
	}
	projection, err := r.mapping(properties.get("Projection"))
	if err != nil {
		return Index{}, err
	}
	if out.Projection, err = r.text(projection.get("ProjectionType")); err != nil {
		return Index{}, err
	}
	out.NonKey, err = r.texts(projection.get("NonKeyAttributes"))
	return out, err
}

func (r *reader) keySchema(node *yaml.Node) ([]KeyElement, error) {
	elements, err := r.records(node, "AttributeName", "KeyType")
	if err != nil {
		return nil, err
	}
	var out []KeyElement
	for _, element := range elements {
		out = append(out, KeyElement{element[0], element[1]})
	}
	return out, nil
}

// records reads a list of mappings that each have the two fields.
func (r *reader) records(node *yaml.Node, first, second string) ([][2]string, error) {
	elements, err := r.list(node)
	if err != nil {
		return nil, err
	}
	var out [][2]string
	for _, element := range elements {
		properties, err := r.mapping(element)
		if err != nil {
			return nil, err
		}
		var record [2]string
		for i, name := range []string{first, second} {
			if record[i], err = r.text(properties.get(name)); err != nil {
				return nil, err
			}
			if record[i] == "" {
				return nil, fmt.Errorf("line %d: %s is missing", element.Line, name)
			}
		}
		out = append(out, record)
	}
	return out, nil
}
