package boot

import (
	"os"
	"runtime/debug"
	"strconv"
)

// garbage is how much garbage there may be beside what is used, in percent of that. A function has memory for one request at a time: with
// the usual 100, the start of a function that loads many cards spends a third of its time on collecting.
const garbage = 400

// collectSeldom has garbage collected less often than is usual, but in time before three quarters of the function's memory are used.
func collectSeldom() {
	debug.SetGCPercent(garbage)
	if megabytes, err := strconv.ParseInt(os.Getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), 10, 64); err == nil && megabytes > 0 {
		debug.SetMemoryLimit(megabytes << 20 / 4 * 3)
	}
}
