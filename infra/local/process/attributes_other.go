//go:build !linux

package process

import "syscall"

// attributes puts the child in a group of its own, so that Ctrl-C reaches the machine alone, which stops its children
// in order.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
