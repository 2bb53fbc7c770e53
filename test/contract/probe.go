// The program of the contract suite's image: it does what its first argument says.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

func main() {
	words := os.Args[1:]
	if len(words) == 0 {
		words = []string{"serve"}
	}
	switch words[0] {
	case "serve": // until SIGTERM, then a clean exit
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, syscall.SIGTERM)
		fmt.Println("serving")
		fmt.Fprintln(os.Stderr, "ready")
		<-stop
		fmt.Println("stopped")
	case "deaf": // ignores SIGTERM
		signal.Ignore(syscall.SIGTERM)
		fmt.Println("serving")
		time.Sleep(time.Hour)
	case "exit":
		code, _ := strconv.Atoi(words[1])
		fmt.Println("leaving with", code)
		os.Exit(code)
	case "lines":
		count, _ := strconv.Atoi(words[1])
		for i := 1; i <= count; i++ {
			fmt.Println("line", i)
		}
	case "owner": // of a directory
		info, err := os.Stat(words[1])
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		stat := info.Sys().(*syscall.Stat_t)
		fmt.Printf("%d:%d %o\n", stat.Uid, stat.Gid, info.Mode().Perm())
	}
}
