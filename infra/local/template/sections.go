package template

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"
)

const (
	typeFunction = "AWS::Serverless::Function"
	typeAPI      = "AWS::Serverless::HttpApi"
	typeTable    = "AWS::DynamoDB::Table"
	typeBucket   = "AWS::S3::Bucket"

	// implicitAPI is the API that SAM makes for events that name none.
	implicitAPI = "ServerlessHttpApi"
)

// unrunnable are the resource types that would take part in running the system, yet are not understood here.
const unrunnable = `AWS::Serverless::Api AWS::Serverless::SimpleTable AWS::Serverless::StateMachine
	AWS::Serverless::Application AWS::Serverless::GraphQLApi AWS::Serverless::Connector AWS::Lambda::Function
	AWS::Lambda::EventSourceMapping AWS::Lambda::Url AWS::DynamoDB::GlobalTable AWS::Events::Rule AWS::Pipes::Pipe
	AWS::Scheduler::Schedule AWS::StepFunctions::StateMachine AWS::ApiGateway::RestApi AWS::ApiGatewayV2::Api
	AWS::ApiGatewayV2::Route AWS::ApiGatewayV2::Integration AWS::ApiGatewayV2::Authorizer`

// resource is an entry of the section Resources whose condition holds.
type resource struct {
	id         string
	line       int
	properties fields
}

func (r *reader) template(root *yaml.Node) (Template, error) {
	top, err := r.mapping(root)
	if err != nil {
		return Template{}, err
	}
	known := "Parameters Conditions Globals Resources"
	if err := top.only("the template", known, "AWSTemplateFormatVersion Transform Description Metadata Outputs"); err != nil {
		return Template{}, err
	}
	for section, into := range map[string]*fields{
		"Parameters": &r.declared, "Conditions": &r.conditions, "Resources": &r.resources,
	} {
		if *into, err = r.mapping(top.get(section)); err != nil {
			return Template{}, err
		}
	}
	globals, err := r.globals(top.get("Globals"))
	if err != nil {
		return Template{}, err
	}
	byType, err := r.byType()
	if err != nil {
		return Template{}, err
	}
	var out Template
	if out.Tables, err = each(byType[typeTable], r.table); err != nil {
		return Template{}, err
	}
	if out.Buckets, err = each(byType[typeBucket], r.s3Bucket); err != nil {
		return Template{}, err
	}
	api, err := r.api(byType[typeAPI], globals["HttpApi"])
	if err != nil {
		return Template{}, err
	}
	out.API = api.API
	out.Functions, err = each(byType[typeFunction], func(f resource) (Function, error) {
		return r.function(f, globals["Function"], api)
	})
	if err != nil {
		return Template{}, err
	}
	return out, out.check(byType)
}

// globals returns the sections of Globals by name.
func (r *reader) globals(node *yaml.Node) (map[string]fields, error) {
	sections, err := r.mapping(node)
	if err != nil {
		return nil, err
	}
	if err := sections.only("Globals", "Function HttpApi", ""); err != nil {
		return nil, err
	}
	out := map[string]fields{}
	for _, section := range sections {
		if out[section.key], err = r.mapping(section.value); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// byType sorts the resources that exist, given their conditions.
func (r *reader) byType() (map[string][]resource, error) {
	out := map[string][]resource{}
	for _, entry := range r.resources {
		parts, err := r.mapping(entry.value)
		if err != nil {
			return nil, err
		}
		if condition := parts.get("Condition"); condition != nil {
			holds, err := r.condition(condition, condition.Value)
			if err != nil {
				return nil, err
			}
			if !holds {
				continue
			}
		}
		kind, err := r.text(parts.get("Type"))
		if err != nil {
			return nil, err
		}
		if listed(unrunnable, kind) {
			return nil, fmt.Errorf("line %d: %s is of the type %s, which the local machine cannot run", entry.line, entry.key, kind)
		}
		if !listed(typeFunction+" "+typeAPI+" "+typeTable+" "+typeBucket, kind) {
			out[kind] = append(out[kind], resource{id: entry.key, line: entry.line})
			continue
		}
		properties, err := r.mapping(parts.get("Properties"))
		if err != nil {
			return nil, err
		}
		out[kind] = append(out[kind], resource{entry.key, entry.line, properties})
	}
	return out, nil
}

// check compares what refers to one another.
func (t Template) check(byType map[string][]resource) error {
	lines := map[string]int{}
	for _, resources := range byType {
		for _, resource := range resources {
			lines[resource.id] = resource.line
		}
	}
	functions, streaming, routes := map[string]bool{}, map[string]bool{}, map[string]string{}
	for _, f := range t.Functions {
		functions[f.ID] = true
	}
	for _, table := range t.Tables {
		streaming[table.Name] = table.StreamView != ""
	}
	for name, authorizer := range t.API.Authorizers {
		if !functions[authorizer.Function] {
			return fmt.Errorf("the authorizer %s names no function of the template", name)
		}
	}
	for _, f := range t.Functions {
		for _, route := range f.Routes {
			if other, taken := routes[route.Key()]; taken {
				return fmt.Errorf("line %d: %s has the route %s, as has %s", lines[f.ID], f.ID, route.Key(), other)
			}
			routes[route.Key()] = f.ID
		}
		for _, bucket := range f.Buckets {
			if !slices.ContainsFunc(byType[typeBucket], func(b resource) bool { return b.id == bucket.Name }) {
				return fmt.Errorf("line %d: %s is told of a bucket %s, which is none of the template", lines[f.ID], f.ID, bucket.Name)
			}
		}
		for _, stream := range f.Streams {
			if !streaming[stream.Table] {
				return fmt.Errorf("line %d: %s reads the stream of %s, which has none", lines[f.ID], f.ID, stream.Table)
			}
		}
	}
	return nil
}

// each reads a list of resources, and says in an error which one it was.
func each[T any](resources []resource, read func(resource) (T, error)) ([]T, error) {
	var out []T
	for _, resource := range resources {
		value, err := read(resource)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", resource.id, err)
		}
		out = append(out, value)
	}
	return out, nil
}
