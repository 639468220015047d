/*
 * A TCP echo server on loopback: one thread, epoll, what comes in goes out. It does the least that a server can do
 * with the bytes of the load program, so its rate says what the machine and the load program have to give.
 *
 * Usage: echo-server
 * Listens on a port that the system chooses and prints its number; ends on a signal.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 4096, EVENTS = 256, BUFFER = 65536 };

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void watch(int epoll, int socket)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = socket};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event) < 0)
        die("epoll_ctl");
}

static void accept_all(int epoll, int listener)
{
    for (;;) {
        int on = 1;
        int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (socket < 0) {
            if (errno == EAGAIN || errno == EWOULDBLOCK)
                return;
            die("accept4");
        }
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(epoll, socket);
    }
}

/* What the peer does not take at once is not kept: a closed loop of small requests never fills a socket. */
static void echo(int socket, char *buffer)
{
    ssize_t count = read(socket, buffer, BUFFER);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0 || write(socket, buffer, count) != count)
        close(socket);
}

int main(void)
{
    static char buffer[BUFFER];
    struct epoll_event events[EVENTS];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int epoll = epoll_create1(0);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

    if (epoll < 0 || listener < 0)
        die("socket");
    if (bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, BACKLOG) < 0)
        die("listen");
    if (getsockname(listener, (struct sockaddr *)&address, &length) < 0)
        die("getsockname");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    watch(epoll, listener);

    for (;;) {
        int count = epoll_wait(epoll, events, EVENTS, -1);
        if (count < 0 && errno != EINTR)
            die("epoll_wait");
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd == listener)
                accept_all(epoll, listener);
            else
                echo(events[i].data.fd, buffer);
        }
    }
}
