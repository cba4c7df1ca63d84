// SPDX-License-Identifier: GPL-3.0-or-later
// CPU time that a server on loopback spends on one keep-alive over CoAP, in microseconds. Used by coap.sh.
// Usage: bench_coap load refresh|ping|get|echo PORT PID CLIENTS REQUESTS WINDOW
//        bench_coap echo        answers every datagram with itself, in batches; prints its port
#include "coapfleet.h"

#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>

namespace {

int echo()
{
    constexpr int batch = 64;
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    void *raw = &own;
    socklen_t length = sizeof own;
    const int size = 4 * 1024 * 1024;
    ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    if (::bind(socket, static_cast<sockaddr *>(raw), sizeof own) != 0
        || ::getsockname(socket, static_cast<sockaddr *>(raw), &length) != 0)
        return 1;
    std::printf("%d\n", int(ntohs(own.sin_port)));
    std::fflush(stdout);
    static char octets[batch][2048];
    static mmsghdr messages[batch];
    static iovec vectors[batch];
    static sockaddr_storage names[batch];
    for (;;) {
        pollfd readable{socket, POLLIN, 0};
        ::poll(&readable, 1, -1);
        for (int i = 0; i < batch; ++i) {
            vectors[i] = {octets[i], sizeof octets[i]};
            messages[i].msg_hdr = {};
            messages[i].msg_hdr.msg_name = &names[i];
            messages[i].msg_hdr.msg_namelen = sizeof names[i];
            messages[i].msg_hdr.msg_iov = &vectors[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        const int count = ::recvmmsg(socket, messages, batch, MSG_DONTWAIT, nullptr);
        for (int i = 0; i < count; ++i)
            vectors[i].iov_len = messages[i].msg_len;
        if (count > 0)
            ::sendmmsg(socket, messages, unsigned(count), 0);
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 2 && std::strcmp(argv[1], "echo") == 0)
        return echo();
    if (argc != 8 || std::strcmp(argv[1], "load") != 0) {
        std::fprintf(stderr, "usage: bench_coap load refresh|ping|get|echo PORT PID CLIENTS REQUESTS WINDOW\n");
        return 2;
    }
    const std::string kind = argv[2], pid = argv[4];
    const int clients = std::min(std::atoi(argv[5]), CoapFleet::most), requests = std::atoi(argv[6]);
    const int window = std::min(std::atoi(argv[7]), clients);
    CoapFleet fleet(uint16_t(std::atoi(argv[3])));

    std::vector<int> each;
    for (int i = 0; i < clients; ++i)
        each.push_back(i);
    std::vector<std::string> keys(each.size());
    const bool registers = kind == "refresh" || kind == "ping";
    if (registers) {
        const bool done = fleet.exchange(each, 200, [](int client, uint16_t id) { return CoapFleet::registration(client, id); },
                                         [&](int client, std::string_view answer) { keys[size_t(client)] = CoapFleet::keyOf(answer); });
        if (!done || keys.front().empty() || keys.back().empty()) {
            std::fprintf(stderr, "bench_coap: registrations were not taken\n");
            return 1;
        }
        settledResidentOf(pid); // what they left to do is done, and they are idle
    }
    int wanted = 0;
    CoapFleet::Build build = [](int, uint16_t id) { return CoapFleet::ping(id); };
    if (kind == "refresh") {
        wanted = 0x44;
        build = [&](int client, uint16_t id) { return CoapFleet::refresh(keys[size_t(client)], id); };
    } else if (kind == "get") {
        wanted = 0x45;
        build = [](int, uint16_t id) { return CoapFleet::get("", id); };
    }
    std::vector<int> order;
    for (int i = 0; i < requests; ++i)
        order.push_back(int(size_t(i) * 7919 % each.size()));
    int wrong = 0;
    const auto check = [&](int, std::string_view answer) { wrong += CoapFleet::codeOf(answer) != wanted; };
    const std::vector<int> first(order.begin(), order.begin() + std::min<long>(long(order.size()), clients));
    if (!fleet.exchange(first, window, build, check, 10)) { // whoever keeps something for each client has it now
        std::fprintf(stderr, "bench_coap: no answer\n");
        return 1;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const double before = cpuSecondsOf(pid);
    const bool done = fleet.exchange(order, window, build, check, 10);
    const double spent = cpuSecondsOf(pid) - before;
    if (!done || wrong > 0) {
        std::fprintf(stderr, "bench_coap: %d of %d answers were others than hoped for\n", wrong, requests);
        return 1;
    }
    if (fleet.repeated() > 0)
        std::fprintf(stderr, "bench_coap: %s: %lld requests were repeated\n", kind.c_str(), fleet.repeated());
    std::printf("%.2f\n", spent * 1e6 / requests);
}
