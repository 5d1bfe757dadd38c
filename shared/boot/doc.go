// Package boot starts functions: it reads the environment, opens tables and the mail service, and binds handlers to the
// events of Lambda, so that each main.go is only the list of what its function opens and serves.
//
// It may import dynamo, gateway, web, csdn, and traces beside it (and letters and inbox beside it, mail) and the SDKs of AWS. It does not know where it runs: the address of a
// service is AWS's own, or what the SDK's own variables AWS_ENDPOINT_URL_* name.
package boot
