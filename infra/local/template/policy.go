package template

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"
)

const (
	typeKey   = "AWS::KMS::Key"
	typeQueue = "AWS::SQS::Queue"
)

// Statement is one of a function's policies. Every one allows: what none allows is refused.
type Statement struct {
	// Actions are such as "dynamodb:GetItem".
	Actions []string
	// Resources are ARNs in the local region and account. A * stands for any text.
	Resources []string
}

// policies reads the inline policies of a function.
func (r *reader) policies(node *yaml.Node) ([]Statement, error) {
	documents, err := r.list(node)
	if err != nil {
		return nil, err
	}
	var out []Statement
	for _, document := range documents {
		if document.Kind != yaml.MappingNode {
			return nil, fmt.Errorf("line %d: the local machine knows policies that are written out alone", document.Line)
		}
		parts, err := r.mapping(document)
		if err != nil {
			return nil, err
		}
		if err := parts.only("the policy", "Statement", "Version"); err != nil {
			return nil, err
		}
		statements, err := r.list(parts.get("Statement"))
		if err != nil {
			return nil, err
		}
		for _, statement := range statements {
			read, err := r.statement(statement)
			if err != nil {
				return nil, err
			}
			out = append(out, read)
		}
	}
	return out, nil
}

func (r *reader) statement(node *yaml.Node) (Statement, error) {
	parts, err := r.mapping(node)
	if err != nil {
		return Statement{}, err
	}
	if err := parts.only("the statement", "Effect Action Resource", "Sid"); err != nil {
		return Statement{}, err
	}
	effect, err := r.text(parts.get("Effect"))
	if err != nil {
		return Statement{}, err
	}
	if effect != "Allow" {
		return Statement{}, fmt.Errorf("line %d: the local machine knows statements that allow alone", node.Line)
	}
	var out Statement
	if out.Actions, err = r.oneOrMore(parts.get("Action")); err != nil {
		return Statement{}, err
	}
	if out.Resources, err = r.oneOrMore(parts.get("Resource")); err != nil {
		return Statement{}, err
	}
	if len(out.Actions) == 0 || len(out.Resources) == 0 || slices.Contains(append(out.Actions, out.Resources...), "") {
		return Statement{}, fmt.Errorf("line %d: the statement names no action or no resource", node.Line)
	}
	return out, nil
}

// oneOrMore is texts for what may be a single value as well.
func (r *reader) oneOrMore(node *yaml.Node) ([]string, error) {
	resolved, err := r.resolve(node)
	if err != nil || resolved == nil {
		return nil, err
	}
	if resolved.Kind == yaml.SequenceNode {
		return r.texts(resolved)
	}
	one, err := r.text(resolved)
	return []string{one}, err
}
