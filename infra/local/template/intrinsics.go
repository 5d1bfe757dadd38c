package template

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// The local values of the pseudo parameters.
const (
	Region    = "eu-central-1"
	AccountID = "000000000000"
)

// resolve evaluates node if it is an intrinsic function, and returns any other node as it is: what lies within is
// resolved when it is read, so that what nobody reads need not be understood. It returns nil for AWS::NoValue and for
// an absent node.
func (r *reader) resolve(node *yaml.Node) (*yaml.Node, error) {
	if node == nil {
		return nil, nil
	}
	if node.Kind == yaml.AliasNode {
		return r.resolve(node.Alias)
	}
	name, argument := intrinsic(node)
	switch name {
	case "":
		return node, nil
	case "Ref":
		return r.ref(node, argument.Value)
	case "Sub":
		return r.sub(node, argument)
	case "GetAtt":
		return r.getAtt(node, argument)
	case "Join":
		return r.join(node, argument)
	case "If":
		return r.choose(argument)
	case "Equals", "And", "Or", "Not", "Condition":
		truth, err := r.truth(node)
		if err != nil {
			return nil, err
		}
		return scalar(node, fmt.Sprint(truth)), nil
	}
	return nil, fmt.Errorf("line %d: the local machine does not know the function %s", node.Line, name)
}

// intrinsic tells the function that node calls, in its short (!Ref x) or long ({Fn::Sub: x}) form, with its argument.
func intrinsic(node *yaml.Node) (name string, argument *yaml.Node) {
	if strings.HasPrefix(node.Tag, "!") && !strings.HasPrefix(node.Tag, "!!") {
		plain := *node
		plain.Tag = ""
		return node.Tag[1:], &plain
	}
	if node.Kind != yaml.MappingNode || len(node.Content) != 2 {
		return "", nil
	}
	key, value := node.Content[0].Value, node.Content[1]
	if key == "Ref" || key == "Condition" && value.Kind == yaml.ScalarNode {
		return key, value
	}
	if short, ok := strings.CutPrefix(key, "Fn::"); ok {
		return short, value
	}
	return "", nil
}

// ref is the value of a parameter, a pseudo parameter or a resource. A resource's name is its logical id.
func (r *reader) ref(at *yaml.Node, name string) (*yaml.Node, error) {
	switch name {
	case "AWS::NoValue":
		return nil, nil
	case "AWS::Region":
		return scalar(at, Region), nil
	case "AWS::AccountId":
		return scalar(at, AccountID), nil
	case "AWS::Partition":
		return scalar(at, "aws"), nil
	case "AWS::URLSuffix":
		return scalar(at, "amazonaws.com"), nil
	case "AWS::StackName":
		return scalar(at, "local"), nil
	case "AWS::StackId":
		return scalar(at, "arn:aws:cloudformation:"+Region+":"+AccountID+":stack/local/local"), nil
	}
	if parameter := r.declared.get(name); parameter != nil {
		return r.parameter(at, name, parameter)
	}
	if r.resources.get(name) == nil && name != implicitAPI {
		return nil, fmt.Errorf("line %d: %s is neither a parameter nor a resource", at.Line, name)
	}
	return scalar(at, name), nil
}

func (r *reader) parameter(at *yaml.Node, name string, declaration *yaml.Node) (*yaml.Node, error) {
	properties, err := r.mapping(declaration)
	if err != nil {
		return nil, err
	}
	value, given := r.parameters[name]
	if !given {
		fallback := properties.get("Default")
		if fallback == nil {
			return nil, fmt.Errorf("line %d: the parameter %s has neither a default nor a local value", at.Line, name)
		}
		value = fallback.Value
	}
	if kind := properties.get("Type"); kind == nil || kind.Value != "CommaDelimitedList" {
		return scalar(at, value), nil
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Line: at.Line}
	for part := range strings.SplitSeq(value, ",") {
		list.Content = append(list.Content, scalar(at, strings.TrimSpace(part)))
	}
	return list, nil
}

// getAtt is an attribute of a resource: a plausible ARN, or else "Resource.Attribute".
func (r *reader) getAtt(at, argument *yaml.Node) (*yaml.Node, error) {
	path := argument.Value
	if argument.Kind == yaml.SequenceNode {
		parts, err := r.texts(argument)
		if err != nil {
			return nil, err
		}
		path = strings.Join(parts, ".")
	}
	id, attribute, ok := strings.Cut(path, ".")
	resource := r.resources.get(id)
	if !ok || resource == nil {
		return nil, fmt.Errorf("line %d: %s is not an attribute of a resource", at.Line, path)
	}
	properties, err := r.mapping(resource)
	if err != nil {
		return nil, err
	}
	kind, err := r.text(properties.get("Type"))
	if err != nil {
		return nil, err
	}
	return scalar(at, r.attribute(id, kind, attribute)), nil
}

func (r *reader) attribute(id, kind, attribute string) string {
	var arn string
	switch kind + " " + attribute {
	case typeTable + " Arn":
		arn = ARN("dynamodb", "table/"+id)
	case typeTable + " StreamArn":
		arn = ARN("dynamodb", "table/"+id+"/stream/local")
	case typeFunction + " Arn":
		arn = ARN("lambda", "function:"+id)
	case typeQueue + " Arn":
		arn = ARN("sqs", id)
	case typeKey + " Arn":
		arn = ARN("kms", "key/"+id)
	default:
		return id + "." + attribute
	}
	r.ids[arn] = id
	return arn
}

// ARN names a resource of a service in the local region and account.
func ARN(service, resource string) string {
	return "arn:aws:" + service + ":" + Region + ":" + AccountID + ":" + resource
}

// sub fills ${…} with parameters, resources, attributes and the function's own map.
func (r *reader) sub(at, argument *yaml.Node) (*yaml.Node, error) {
	text, own := argument.Value, fields{}
	if argument.Kind == yaml.SequenceNode {
		if len(argument.Content) != 2 {
			return nil, fmt.Errorf("line %d: Sub takes a text and a mapping", at.Line)
		}
		var err error
		if own, err = r.mapping(argument.Content[1]); err != nil {
			return nil, err
		}
		text = argument.Content[0].Value
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${")
		out.WriteString(before)
		if !found {
			return scalar(at, out.String()), nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, fmt.Errorf("line %d: ${ is not closed", at.Line)
		}
		text = after
		if literal, ok := strings.CutPrefix(name, "!"); ok {
			out.WriteString("${" + literal + "}")
			continue
		}
		value, err := r.variable(at, name, own)
		if err != nil {
			return nil, err
		}
		out.WriteString(value)
	}
}

func (r *reader) variable(at *yaml.Node, name string, own fields) (string, error) {
	if node := own.get(name); node != nil {
		return r.text(node)
	}
	resolve := r.ref
	if strings.Contains(name, ".") {
		resolve = func(at *yaml.Node, name string) (*yaml.Node, error) { return r.getAtt(at, scalar(at, name)) }
	}
	node, err := resolve(at, name)
	if err != nil {
		return "", err
	}
	return r.text(node)
}

func (r *reader) join(at, argument *yaml.Node) (*yaml.Node, error) {
	if argument.Kind != yaml.SequenceNode || len(argument.Content) != 2 {
		return nil, fmt.Errorf("line %d: Join takes a separator and a list", at.Line)
	}
	parts, err := r.texts(argument.Content[1])
	if err != nil {
		return nil, err
	}
	return scalar(at, strings.Join(parts, argument.Content[0].Value)), nil
}

// choose resolves If: the name of a condition, and a value for each of its answers.
func (r *reader) choose(argument *yaml.Node) (*yaml.Node, error) {
	if argument.Kind != yaml.SequenceNode || len(argument.Content) != 3 {
		return nil, fmt.Errorf("line %d: If takes a condition and two values", argument.Line)
	}
	truth, err := r.condition(argument.Content[0], argument.Content[0].Value)
	if err != nil {
		return nil, err
	}
	if truth {
		return r.resolve(argument.Content[1])
	}
	return r.resolve(argument.Content[2])
}

// condition evaluates a condition by its name.
func (r *reader) condition(at *yaml.Node, name string) (bool, error) {
	node := r.conditions.get(name)
	if node == nil {
		return false, fmt.Errorf("line %d: there is no condition %s", at.Line, name)
	}
	return r.truth(node)
}

// truth evaluates a condition function.
func (r *reader) truth(node *yaml.Node) (bool, error) {
	name, argument := intrinsic(node)
	if name == "Condition" {
		return r.condition(node, argument.Value)
	}
	if !listed("Equals And Or Not", name) || argument.Kind != yaml.SequenceNode {
		return false, fmt.Errorf("line %d: not a condition", node.Line)
	}
	if name == "Equals" {
		sides, err := r.texts(argument)
		if err != nil {
			return false, err
		}
		return len(sides) == 2 && sides[0] == sides[1], nil
	}
	truths := 0
	for _, element := range argument.Content {
		truth, err := r.truth(element)
		if err != nil {
			return false, err
		}
		if truth {
			truths++
		}
	}
	switch name {
	case "Not":
		return truths == 0, nil
	case "Or":
		return truths > 0, nil
	}
	return truths == len(argument.Content), nil
}
