// Package web is what every HTTP face of the directory shares: who calls, the one table from kinds of error to statuses,
// problem documents, the access log, recovery from panics, and security headers.
//
// It may import csdn and net/http. It knows neither routes nor bodies, so that the API and the pages fail, log and
// protect alike.
package web
