package template

import "fmt"

// rule reads an EventBridgeRule event, whose pattern must be of sources and detail types alone, on the default bus.
func (r *reader) rule(event field, properties fields) (Rule, error) {
	if err := properties.only("the rule", "Pattern", "DeadLetterConfig RetryPolicy RuleName"); err != nil {
		return Rule{}, err
	}
	pattern, err := r.mapping(properties.get("Pattern"))
	if err != nil {
		return Rule{}, err
	}
	if err := pattern.only("the pattern", "source detail-type", ""); err != nil {
		return Rule{}, err
	}
	out := Rule{ID: event.key}
	if out.Sources, err = r.texts(pattern.get("source")); err != nil {
		return Rule{}, err
	}
	if out.DetailTypes, err = r.texts(pattern.get("detail-type")); err != nil {
		return Rule{}, err
	}
	if len(out.Sources) == 0 || len(out.DetailTypes) == 0 {
		return Rule{}, fmt.Errorf("line %d: the pattern of a rule needs a source and a detail-type", event.line)
	}
	return out, nil
}
