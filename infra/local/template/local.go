package template

// LocalParameters are the values that the local machine at the URL gives to the parameters of these names.
func LocalParameters(url string) map[string]string {
	return map[string]string{
		"PublicUrl":    url,
		"IssuerUrl":    url + "/local/issuer",
		"JwksUrl":      url + "/local/issuer/jwks.json",
		"DiscoveryUrl": url + "/local/issuer/.well-known/openid-configuration",
		"Audience":     "csdn-directory",
		"MailFrom":     "csdn@eplo.example",
		"MailDomain":   "eplo.example",
		// More than anybody here makes: one computer with its tests and benchmarks calls from one address.
		"RequestsPerMinute": "1000000",
	}
}
