// SPDX-License-Identifier: GPL-3.0-or-later
// Opens CONNECTIONS idle TCP connections to a server on loopback and sends it PINGS keep-alives, one after the other,
// each over the next connection and each waiting for its answer. Prints what CPU time that cost the server, by its
// process id, in microseconds for one ping. Used by pings.sh.
// Usage: bench_pings sip|mqtt PORT PID CONNECTIONS PINGS

#include <arpa/inet.h>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

struct Protocol {
    std::string hello;   ///< sent once, needs `helloAnswer` octets back; may be empty
    size_t helloAnswer;
    std::string ping;
    size_t pong;
};

[[noreturn]] void fail(const char *what)
{
    std::fprintf(stderr, "bench_pings: %s: %s\n", what, std::strerror(errno));
    std::exit(1);
}

/// CONNECT of MQTT 3.1.1 with a client id and no keep-alive.
std::string mqttConnect(int number)
{
    const std::string id = "ping" + std::to_string(number);
    std::string body{"\0\4MQTT\4\2\0\0", 10};
    body += char(0);
    body += char(id.size());
    body += id;
    return std::string{char(0x10), char(body.size())} + body;
}

int connectTo(uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    void *raw = &address;
    if (socket < 0 || ::connect(socket, static_cast<sockaddr *>(raw), sizeof address) != 0)
        fail("connect");
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const timeval patience{20, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return socket;
}

void exchange(int socket, const std::string &request, size_t answer)
{
    if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) != ssize_t(request.size()))
        fail("send");
    char buffer[64];
    for (size_t got = 0; got < answer;) {
        const ssize_t count = ::recv(socket, buffer, sizeof buffer, 0);
        if (count <= 0)
            fail("no answer");
        got += size_t(count);
    }
}

/// CPU time of every thread of a process, nanoseconds.
long long cpuTime(const std::string &pid)
{
    long long sum = 0;
    for (const auto &task : std::filesystem::directory_iterator("/proc/" + pid + "/task")) {
        long long time = 0;
        std::ifstream(task.path() / "schedstat") >> time;
        sum += time;
    }
    return sum;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 6) {
        std::fprintf(stderr, "usage: bench_pings sip|mqtt PORT PID CONNECTIONS PINGS\n");
        return 2;
    }
    const bool mqtt = std::strcmp(argv[1], "mqtt") == 0;
    const auto port = uint16_t(std::atoi(argv[2]));
    const std::string pid = argv[3];
    const int connections = std::atoi(argv[4]), pings = std::atoi(argv[5]);
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);

    std::vector<int> sockets;
    for (int i = 0; i < connections; ++i) {
        sockets.push_back(connectTo(port));
        if (mqtt)
            exchange(sockets.back(), mqttConnect(i), 4);
        else
            exchange(sockets.back(), "\r\n\r\n", 2);
    }
    const std::string ping = mqtt ? std::string{char(0xc0), char(0)} : std::string("\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(500)); // what opening them left to do is done

    const long long before = cpuTime(pid);
    for (int i = 0; i < pings; ++i)
        exchange(sockets[size_t(i) * 7919 % sockets.size()], ping, 2);
    const double spent = double(cpuTime(pid) - before) / 1000;
    std::printf("%.2f\n", spent / pings);
}
