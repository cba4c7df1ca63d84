// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a Kannel smsbox on loopback over CONNECTIONS lasting connections to send MESSAGES messages, waits until its bearerbox
// has handed all of them to the SMSC, and prints how many that were in a second and the CPU time of the processes PID for
// each, in microseconds. Used by submit.sh.
// Usage: bench_sendsms SENDSMS_PORT ADMIN_PORT MESSAGES CONNECTIONS PID…

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

[[noreturn]] void fail(const std::string &what)
{
    std::fprintf(stderr, "bench_sendsms: %s: %s\n", what.c_str(), std::strerror(errno));
    std::exit(1);
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
    return socket;
}

/// A message like a wake-up: a port header and 8-bit data.
std::string request(int number)
{
    std::string data;
    for (int i = 0; i < 52; ++i)
        data += "%01";
    return "GET /cgi-bin/sendsms?username=tester&password=secret&from=100&to=%2B" + std::to_string(491700000000LL + number)
        + "&coding=1&mclass=1&udh=%06%05%04%0B%84%23%F0&text=" + data + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
}

/// Reads up to one whole answer; false until there is one.
bool isAnswered(int socket, std::string &buffer)
{
    char octets[4096];
    const ssize_t count = ::recv(socket, octets, sizeof octets, 0);
    if (count <= 0)
        fail("no answer");
    buffer.append(octets, size_t(count));
    const size_t head = buffer.find("\r\n\r\n");
    if (head == std::string::npos)
        return false;
    const size_t at = buffer.find("Content-Length:");
    const size_t length = at < head ? size_t(std::atoi(buffer.c_str() + at + 15)) : 0;
    if (buffer.size() < head + 4 + length)
        return false;
    if (buffer.compare(9, 3, "202") != 0)
        fail(buffer.substr(0, 200));
    buffer.erase(0, head + 4 + length);
    return true;
}

long long sentToSmsc(uint16_t port)
{
    const int socket = connectTo(port);
    const std::string ask = "GET /status.xml?password=look HTTP/1.0\r\n\r\n";
    if (::send(socket, ask.data(), ask.size(), MSG_NOSIGNAL) < 0)
        fail("status");
    std::string answer;
    char octets[4096];
    for (ssize_t count = 0; (count = ::recv(socket, octets, sizeof octets, 0)) > 0;)
        answer.append(octets, size_t(count));
    ::close(socket);
    const size_t sms = answer.find("<sms>");
    const size_t sent = answer.find("<sent>", sms);
    const size_t total = answer.find("<total>", sent);
    if (sms == std::string::npos || total == std::string::npos)
        fail("status.xml");
    return std::atoll(answer.c_str() + total + 7);
}

/// CPU time of every thread of the processes, nanoseconds.
long long cpuTime(const std::vector<std::string> &pids)
{
    long long sum = 0;
    for (const std::string &pid : pids) {
        for (const auto &task : std::filesystem::directory_iterator("/proc/" + pid + "/task")) {
            long long time = 0;
            std::ifstream(task.path() / "schedstat") >> time;
            sum += time;
        }
    }
    return sum;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 6) {
        std::fprintf(stderr, "usage: bench_sendsms SENDSMS_PORT ADMIN_PORT MESSAGES CONNECTIONS PID...\n");
        return 2;
    }
    const auto admin = uint16_t(std::atoi(argv[2]));
    const int messages = std::atoi(argv[3]), connections = std::atoi(argv[4]);
    const std::vector<std::string> pids(argv + 5, argv + argc);
    std::vector<pollfd> polled;
    for (int i = 0; i < connections; ++i)
        polled.push_back({connectTo(uint16_t(std::atoi(argv[1]))), POLLIN, 0});
    std::vector<std::string> buffers(polled.size());

    const long long sentBefore = sentToSmsc(admin), cpuBefore = cpuTime(pids);
    const auto begun = std::chrono::steady_clock::now();
    int sent = 0, answered = 0;
    const auto ask = [&](int socket) {
        const std::string text = request(sent++);
        if (::send(socket, text.data(), text.size(), MSG_NOSIGNAL) != ssize_t(text.size()))
            fail("send");
    };
    for (const pollfd &one : polled)
        ask(one.fd);
    while (answered < messages) {
        if (::poll(polled.data(), polled.size(), 20'000) <= 0)
            fail("no answer");
        for (size_t i = 0; i < polled.size(); ++i) {
            if (!polled[i].revents || !isAnswered(polled[i].fd, buffers[i]))
                continue;
            ++answered;
            if (sent < messages)
                ask(polled[i].fd);
        }
    }
    while (sentToSmsc(admin) - sentBefore < messages)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::printf("%.0f %.2f\n", messages / took.count(), double(cpuTime(pids) - cpuBefore) / 1000 / messages);
    return 0;
}
