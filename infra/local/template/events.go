package template

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"
)

const (
	streamKnown = `Stream BatchSize StartingPosition MaximumRetryAttempts MaximumRecordAgeInSeconds
		BisectBatchOnFunctionError FunctionResponseTypes DestinationConfig Enabled FilterCriteria`
	streamIgnored = "MaximumBatchingWindowInSeconds ParallelizationFactor KmsKeyArn MetricsConfig"

	scheduleKnown   = "Schedule ScheduleExpression ScheduleExpressionTimezone Enabled State Input"
	scheduleIgnored = `Name Description RetryPolicy DeadLetterConfig FlexibleTimeWindow GroupName KmsKeyArn
		PermissionsBoundary RoleArn OmitName`

	objectCreated = "s3:ObjectCreated:*"
)

// stream reads a DynamoDB event; a disabled one gives a Stream without a table.
func (r *reader) stream(event field, properties fields) (Stream, error) {
	if err := properties.only("the stream", streamKnown, streamIgnored); err != nil {
		return Stream{}, err
	}
	enabled, err := r.flag(properties.get("Enabled"), true)
	if err != nil || !enabled {
		return Stream{}, err
	}
	out := Stream{ID: event.key}
	source, err := r.text(properties.get("Stream"))
	if err != nil {
		return Stream{}, err
	}
	if out.Table = r.ids[source]; out.Table == "" {
		return Stream{}, fmt.Errorf("line %d: Stream is not the StreamArn of a table of this template", event.line)
	}
	if out.BatchSize, err = r.number(properties.get("BatchSize"), 100); err != nil {
		return Stream{}, err
	}
	position, err := r.text(properties.get("StartingPosition"))
	if err != nil {
		return Stream{}, err
	}
	if !listed("LATEST TRIM_HORIZON", position) {
		return Stream{}, fmt.Errorf("line %d: StartingPosition is %q", event.line, position)
	}
	out.Latest = position == "LATEST"
	if out.Retries, err = r.number(properties.get("MaximumRetryAttempts"), -1); err != nil {
		return Stream{}, err
	}
	seconds, err := r.number(properties.get("MaximumRecordAgeInSeconds"), -1)
	if err != nil {
		return Stream{}, err
	}
	out.MaximumAge = time.Duration(max(seconds, 0)) * time.Second
	if out.Bisect, err = r.flag(properties.get("BisectBatchOnFunctionError"), false); err != nil {
		return Stream{}, err
	}
	answers, err := r.texts(properties.get("FunctionResponseTypes"))
	if err != nil {
		return Stream{}, err
	}
	for _, answer := range answers {
		if answer != "ReportBatchItemFailures" {
			return Stream{}, fmt.Errorf("line %d: FunctionResponseTypes has %q", event.line, answer)
		}
		out.ReportsFailures = true
	}
	if out.OnFailure, err = r.onFailure(event, properties); err != nil {
		return Stream{}, err
	}
	out.EventNames, err = r.eventNames(event, properties)
	return out, err
}

func (r *reader) onFailure(event field, properties fields) (string, error) {
	config, err := r.mapping(properties.get("DestinationConfig"))
	if err != nil {
		return "", err
	}
	failure, err := r.mapping(config.get("OnFailure"))
	if err != nil || failure == nil {
		return "", err
	}
	arn, err := r.text(failure.get("Destination"))
	if err != nil {
		return "", err
	}
	if r.ids[arn] == "" {
		return "", fmt.Errorf("line %d: OnFailure's Destination is not the Arn of a queue of this template", event.line)
	}
	return r.ids[arn], nil
}

// eventNames reads the one filter understood here: {"eventName": ["INSERT", …]}, which lets those records through.
func (r *reader) eventNames(event field, properties fields) ([]string, error) {
	criteria, err := r.mapping(properties.get("FilterCriteria"))
	if err != nil {
		return nil, err
	}
	filters, err := r.list(criteria.get("Filters"))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, filter := range filters {
		parts, err := r.mapping(filter)
		if err != nil {
			return nil, err
		}
		text, err := r.text(parts.get("Pattern"))
		if err != nil {
			return nil, err
		}
		var pattern map[string][]string
		if err := json.Unmarshal([]byte(text), &pattern); err != nil || len(pattern) != 1 || pattern["eventName"] == nil {
			return nil, fmt.Errorf("line %d: the local machine knows filters by eventName alone", event.line)
		}
		names = append(names, pattern["eventName"]...)
	}
	return names, nil
}

// schedule reads a Schedule or ScheduleV2 event; a disabled one gives a Schedule without an expression.
func (r *reader) schedule(event field, kind string, properties fields) (Schedule, error) {
	if err := properties.only("the schedule", scheduleKnown, scheduleIgnored); err != nil {
		return Schedule{}, err
	}
	enabled, err := r.flag(properties.get("Enabled"), true)
	if err != nil {
		return Schedule{}, err
	}
	state, err := r.text(properties.get("State"))
	if err != nil || !enabled || state == "DISABLED" {
		return Schedule{}, err
	}
	zone, err := r.text(properties.get("ScheduleExpressionTimezone"))
	if err != nil {
		return Schedule{}, err
	}
	if zone != "" && zone != "UTC" {
		return Schedule{}, fmt.Errorf("line %d: the local machine knows schedules in UTC alone", event.line)
	}
	out, name := Schedule{ID: event.key}, "Schedule"
	if kind == "ScheduleV2" {
		out.Scheduler, name = true, "ScheduleExpression"
	}
	if out.Expression, err = r.text(properties.get(name)); err != nil {
		return Schedule{}, err
	}
	if out.Expression == "" {
		return Schedule{}, fmt.Errorf("line %d: %s is missing", event.line, name)
	}
	out.Input, err = r.text(properties.get("Input"))
	return out, err
}

// s3Bucket reads what a bucket is called when it is deployed.
func (r *reader) s3Bucket(b resource) (S3Bucket, error) {
	name, err := r.text(b.properties.get("BucketName"))
	return S3Bucket{ID: b.id, DeployedName: cmp.Or(name, b.id)}, err
}

// bucket reads an S3 event, which must be of every new object.
func (r *reader) bucket(event field, properties fields) (Bucket, error) {
	if err := properties.only("the S3 event", "Bucket Events", ""); err != nil {
		return Bucket{}, err
	}
	name, err := r.text(properties.get("Bucket"))
	if err != nil {
		return Bucket{}, err
	}
	kinds, err := r.resolve(properties.get("Events"))
	if err != nil {
		return Bucket{}, err
	}
	if kinds != nil && kinds.Kind == yaml.SequenceNode && len(kinds.Content) == 1 {
		kinds = kinds.Content[0]
	}
	if kinds == nil || kinds.Value != objectCreated {
		return Bucket{}, fmt.Errorf("line %d: the local machine knows S3 events of %s alone", event.line, objectCreated)
	}
	return Bucket{ID: event.key, Name: name}, nil
}
