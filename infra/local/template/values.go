package template

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// reader holds the sections that intrinsic functions refer to.
type reader struct {
	parameters map[string]string // given from outside
	declared   fields            // the section Parameters
	conditions fields
	resources  fields
	ids        map[string]string // ARN made by arn → logical id
}

// field is a key of a mapping with its value, not yet resolved.
type field struct {
	key   string
	line  int
	value *yaml.Node
}

type fields []field

// get returns the value of the key, or nil.
func (f fields) get(key string) *yaml.Node {
	for _, field := range f {
		if field.key == key {
			return field.value
		}
	}
	return nil
}

// only refuses fields that are neither in known nor in ignored.
func (f fields) only(what string, known, ignored string) error {
	for _, field := range f {
		if !listed(known, field.key) && !listed(ignored, field.key) {
			return fmt.Errorf("line %d: %s has %s, which the local machine does not know", field.line, what, field.key)
		}
	}
	return nil
}

// listed reports whether word is one of the space-separated words.
func listed(words, word string) bool {
	for _, w := range strings.Fields(words) {
		if w == word {
			return true
		}
	}
	return false
}

// mapping resolves node and returns its fields; an absent node has none.
func (r *reader) mapping(node *yaml.Node) (fields, error) {
	node, err := r.resolve(node)
	if err != nil || node == nil {
		return nil, err
	}
	if node.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("line %d: a mapping is expected", node.Line)
	}
	var out fields
	for i := 0; i < len(node.Content); i += 2 {
		key := node.Content[i]
		if key.Value == "<<" {
			return nil, fmt.Errorf("line %d: YAML merge keys are not part of SAM", key.Line)
		}
		if out.get(key.Value) != nil {
			return nil, fmt.Errorf("line %d: %s stands twice", key.Line, key.Value)
		}
		out = append(out, field{key.Value, key.Line, node.Content[i+1]})
	}
	return out, nil
}

// list resolves node and returns its elements, not resolved, less those without a value; an absent node has none.
func (r *reader) list(node *yaml.Node) ([]*yaml.Node, error) {
	node, err := r.resolve(node)
	if err != nil || node == nil {
		return nil, err
	}
	if node.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("line %d: a list is expected", node.Line)
	}
	var out []*yaml.Node
	for _, element := range node.Content {
		resolved, err := r.resolve(element)
		if err != nil {
			return nil, err
		}
		if resolved != nil {
			out = append(out, resolved)
		}
	}
	return out, nil
}

// texts is list for scalars.
func (r *reader) texts(node *yaml.Node) ([]string, error) {
	elements, err := r.list(node)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, element := range elements {
		text, err := r.text(element)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}

// text resolves node to a scalar; an absent node is empty.
func (r *reader) text(node *yaml.Node) (string, error) {
	node, err := r.resolve(node)
	if err != nil || node == nil {
		return "", err
	}
	if node.Kind != yaml.ScalarNode {
		return "", fmt.Errorf("line %d: a single value is expected", node.Line)
	}
	return node.Value, nil
}

// number resolves node to an integer, or fallback if it is absent.
func (r *reader) number(node *yaml.Node, fallback int) (int, error) {
	text, err := r.text(node)
	if err != nil || text == "" {
		return fallback, err
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("line %d: %q is not a whole number", node.Line, text)
	}
	return n, nil
}

// flag resolves node to a boolean, or fallback if it is absent.
func (r *reader) flag(node *yaml.Node, fallback bool) (bool, error) {
	text, err := r.text(node)
	if err != nil || text == "" {
		return fallback, err
	}
	b, err := strconv.ParseBool(strings.ToLower(text))
	if err != nil {
		return false, fmt.Errorf("line %d: %q is neither true nor false", node.Line, text)
	}
	return b, nil
}

// scalar makes a node of a resolved value, at the place of the function that gave it.
func scalar(at *yaml.Node, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Line: at.Line}
}
