// An HTTP server on the socket that it was granted, as descriptor 3. Ends with status 7 when /end was asked for.
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
)

func main() {
	listener, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		panic(err)
	}
	end := make(chan struct{})
	server := &http.Server{Handler: http.HandlerFunc(func(out http.ResponseWriter, request *http.Request) {
		fmt.Fprintln(out, "hello", request.URL.Path)
		if request.URL.Path == "/end" {
			close(end)
		}
	})}
	go server.Serve(listener)
	<-end
	// What is still being answered is answered.
	fmt.Println("shut down", server.Shutdown(context.Background()))
	os.Exit(7)
}
