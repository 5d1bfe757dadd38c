package template

import (
	"fmt"
	"path"
	"time"

	"go.yaml.in/yaml/v3"
)

const (
	functionKnown = `CodeUri Handler Runtime PackageType Timeout MemorySize ReservedConcurrentExecutions Environment Events
		Policies`
	functionIgnored = `Role RolePath PermissionsBoundary Architectures Tracing Tags PropagateTags Description
		FunctionName LoggingConfig KmsKeyArn VpcConfig ProvisionedConcurrencyConfig
		AutoPublishAlias AutoPublishCodeSha256 AutoPublishAliasAllProperties DeploymentPreference SnapStart
		EphemeralStorage DeadLetterQueue EventInvokeConfig RecursiveLoop RuntimeManagementConfig CodeSigningConfigArn
		VersionDescription VersionDeletionPolicy`
)

// function reads one function, on top of what Globals say.
func (r *reader) function(f resource, global fields, api api) (Function, error) {
	for _, properties := range []fields{global, f.properties} {
		if err := properties.only("the function", functionKnown, functionIgnored); err != nil {
			return Function{}, err
		}
	}
	property := func(name string) *yaml.Node {
		if own := f.properties.get(name); own != nil {
			return own
		}
		return global.get(name)
	}
	out := Function{ID: f.id, Environment: map[string]string{}}
	runtime, err := r.text(property("Runtime"))
	if err != nil {
		return Function{}, err
	}
	if runtime != "provided.al2023" {
		return Function{}, fmt.Errorf("line %d: the runtime is %q, not provided.al2023", f.line, runtime)
	}
	code, err := r.text(property("CodeUri"))
	if err != nil {
		return Function{}, err
	}
	if out.Folder = path.Base(code); code == "" || out.Folder == "." {
		return Function{}, fmt.Errorf("line %d: CodeUri names no folder", f.line)
	}
	seconds, err := r.number(property("Timeout"), 3)
	if err != nil {
		return Function{}, err
	}
	out.Timeout = time.Duration(seconds) * time.Second
	if out.MemoryMB, err = r.number(property("MemorySize"), 128); err != nil {
		return Function{}, err
	}
	if out.Concurrency, err = r.number(property("ReservedConcurrentExecutions"), 0); err != nil {
		return Function{}, err
	}
	for _, properties := range []fields{global, f.properties} {
		if err := r.environment(properties.get("Environment"), out.Environment); err != nil {
			return Function{}, err
		}
	}
	if out.Policies, err = r.policies(f.properties.get("Policies")); err != nil {
		return Function{}, err
	}
	return out, r.events(f.properties.get("Events"), api, &out)
}

// environment adds the variables of an Environment to those before it.
func (r *reader) environment(node *yaml.Node, into map[string]string) error {
	section, err := r.mapping(node)
	if err != nil {
		return err
	}
	variables, err := r.mapping(section.get("Variables"))
	if err != nil {
		return err
	}
	for _, variable := range variables {
		if into[variable.key], err = r.text(variable.value); err != nil {
			return err
		}
	}
	return nil
}

// events reads what invokes the function.
func (r *reader) events(node *yaml.Node, api api, into *Function) error {
	events, err := r.mapping(node)
	if err != nil {
		return err
	}
	for _, event := range events {
		parts, err := r.mapping(event.value)
		if err != nil {
			return err
		}
		kind, err := r.text(parts.get("Type"))
		if err != nil {
			return err
		}
		properties, err := r.mapping(parts.get("Properties"))
		if err != nil {
			return err
		}
		if err := r.event(event, kind, properties, api, into); err != nil {
			return fmt.Errorf("%s: %w", event.key, err)
		}
	}
	return nil
}

func (r *reader) event(event field, kind string, properties fields, api api, into *Function) error {
	switch kind {
	case "HttpApi":
		route, err := r.route(event, properties, api)
		into.Routes = append(into.Routes, route)
		return err
	case "DynamoDB":
		stream, err := r.stream(event, properties)
		if stream.Table != "" {
			into.Streams = append(into.Streams, stream)
		}
		return err
	case "Schedule", "ScheduleV2":
		schedule, err := r.schedule(event, kind, properties)
		if schedule.Expression != "" {
			into.Schedules = append(into.Schedules, schedule)
		}
		return err
	case "S3":
		bucket, err := r.bucket(event, properties)
		into.Buckets = append(into.Buckets, bucket)
		return err
	case "EventBridgeRule":
		rule, err := r.rule(event, properties)
		into.Rules = append(into.Rules, rule)
		return err
	}
	return fmt.Errorf("line %d: the local machine does not know events of the type %s", event.line, kind)
}
