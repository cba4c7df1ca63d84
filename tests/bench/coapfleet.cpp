// SPDX-License-Identifier: GPL-3.0-or-later
#include "coapfleet.h"

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
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {

constexpr uint32_t firstAddress = 0x7f010000;
constexpr int batch = 64;
constexpr double repeatAfter = 2;
constexpr double momentsPerSecond = 250; ///< all message ids take 262 s

[[noreturn]] void fail(const char *what)
{
    std::fprintf(stderr, "coap fleet: %s: %s\n", what, std::strerror(errno));
    std::exit(1);
}

void header(std::string &out, int code, uint16_t messageId)
{
    out += char(0x40); // version 1, confirmable, no token
    out += char(code);
    out += char(messageId >> 8);
    out += char(messageId & 0xff);
}

void option(std::string &out, int *last, int number, std::string_view value)
{
    const int delta = number - *last;
    *last = number;
    const auto size = value.size();
    out += char((delta < 13 ? delta : 13) << 4 | int(size < 13 ? size : 13));
    if (delta >= 13)
        out += char(delta - 13);
    if (size >= 13)
        out += char(size - 13);
    out += value;
}

union Control {
    char octets[CMSG_SPACE(sizeof(in_pktinfo))];
    cmsghdr align;
};

} // namespace

CoapFleet::CoapFleet(uint16_t serverPort, uint16_t ownPort)
    : m_serverPort(serverPort), m_places(size_t(most)), m_lastMoments(size_t(most))
{
    m_socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const int yes = 1, size = 4 * 1024 * 1024;
    ::setsockopt(m_socket, IPPROTO_IP, IP_PKTINFO, &yes, sizeof yes);
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_port = htons(ownPort);
    void *raw = &own;
    socklen_t length = sizeof own;
    if (m_socket < 0 || ::bind(m_socket, static_cast<sockaddr *>(raw), sizeof own) != 0
        || ::getsockname(m_socket, static_cast<sockaddr *>(raw), &length) != 0)
        fail("socket");
    m_ownPort = ntohs(own.sin_port);
}

CoapFleet::~CoapFleet()
{
    ::close(m_socket);
}

uint16_t CoapFleet::nextId(int client, double now)
{
    uint32_t &last = m_lastMoments[size_t(client)];
    last = std::max(last + 1, uint32_t(int64_t(now * momentsPerSecond)));
    return uint16_t(last);
}

void CoapFleet::sendAll(const std::vector<const Waiting *> &list)
{
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(m_serverPort);
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    mmsghdr messages[batch];
    iovec vectors[batch];
    Control controls[batch];
    for (size_t begin = 0; begin < list.size();) {
        const auto count = unsigned(std::min<size_t>(list.size() - begin, batch));
        for (unsigned i = 0; i < count; ++i) {
            const Waiting &waiting = *list[begin + i];
            vectors[i] = {const_cast<char *>(waiting.bytes.data()), waiting.bytes.size()};
            msghdr &head = messages[i].msg_hdr;
            head = {};
            head.msg_name = &server;
            head.msg_namelen = sizeof server;
            head.msg_iov = &vectors[i];
            head.msg_iovlen = 1;
            head.msg_control = controls[i].octets;
            head.msg_controllen = sizeof controls[i].octets;
            cmsghdr *control = CMSG_FIRSTHDR(&head);
            control->cmsg_level = IPPROTO_IP;
            control->cmsg_type = IP_PKTINFO;
            control->cmsg_len = CMSG_LEN(sizeof(in_pktinfo));
            in_pktinfo info{};
            info.ipi_spec_dst.s_addr = htonl(firstAddress + uint32_t(waiting.client));
            std::memcpy(CMSG_DATA(control), &info, sizeof info);
        }
        const int sent = ::sendmmsg(m_socket, messages, count, 0);
        if (sent <= 0 && errno != ECONNREFUSED && errno != EINTR)
            fail("send");
        begin += size_t(std::max(sent, 0));
    }
}

int CoapFleet::receive(const Answered &answered)
{
    static char octets[batch][512];
    mmsghdr messages[batch];
    iovec vectors[batch];
    Control controls[batch];
    for (int i = 0; i < batch; ++i) {
        vectors[i] = {octets[i], sizeof octets[i]};
        messages[i].msg_hdr = {};
        messages[i].msg_hdr.msg_iov = &vectors[i];
        messages[i].msg_hdr.msg_iovlen = 1;
        messages[i].msg_hdr.msg_control = controls[i].octets;
        messages[i].msg_hdr.msg_controllen = sizeof controls[i].octets;
    }
    const int count = ::recvmmsg(m_socket, messages, batch, MSG_DONTWAIT, nullptr);
    int taken = 0;
    for (int i = 0; i < count; ++i) {
        const cmsghdr *control = CMSG_FIRSTHDR(&messages[i].msg_hdr);
        if (!control || control->cmsg_type != IP_PKTINFO || messages[i].msg_len < 4)
            continue;
        in_pktinfo info;
        std::memcpy(&info, CMSG_DATA(control), sizeof info);
        const uint32_t client = ntohl(info.ipi_addr.s_addr) - firstAddress;
        const int32_t place = client < uint32_t(most) ? m_places[client] : 0;
        if (place == 0 || std::memcmp(octets[i] + 2, m_waiting[size_t(place - 1)].bytes.data() + 2, 2) != 0)
            continue;
        m_places[client] = 0;
        if (size_t(place) != m_waiting.size()) {
            m_waiting[size_t(place - 1)] = std::move(m_waiting.back());
            m_places[size_t(m_waiting[size_t(place - 1)].client)] = place;
        }
        m_waiting.pop_back();
        ++taken;
        answered(int(client), {octets[i], messages[i].msg_len});
    }
    return taken;
}

bool CoapFleet::run(const std::vector<int> &clients, int window, double perSecond, const Build &build,
                    const Answered &answered, double patience)
{
    const double begun = steadySeconds();
    double lastAnswer = begun, lastLook = begun;
    size_t next = 0;
    std::vector<const Waiting *> list;
    m_waiting.reserve(size_t(window) + 1); // so that what `list` points to stays
    while (next < clients.size() || !m_waiting.empty()) {
        const double now = steadySeconds();
        list.clear();
        while (next < clients.size() && m_waiting.size() < size_t(window)
               && (perSecond <= 0 || double(next) <= (now - begun) * perSecond)
               && m_places[size_t(clients[next])] == 0) {
            const int client = clients[next++];
            m_waiting.push_back({client, now, build(client, nextId(client, now))});
            m_places[size_t(client)] = int32_t(m_waiting.size());
            list.push_back(&m_waiting.back());
        }
        if (now - lastLook > 0.2) {
            lastLook = now;
            for (Waiting &waiting : m_waiting) {
                if (now - waiting.sentAt > repeatAfter) {
                    waiting.sentAt = now;
                    ++m_repeated;
                    list.push_back(&waiting);
                }
            }
        }
        sendAll(list);
        if (perSecond > 0) {
            std::this_thread::sleep_for(std::chrono::microseconds(20));
        } else {
            pollfd readable{m_socket, POLLIN, 0};
            ::poll(&readable, 1, 100);
        }
        if (receive(answered) > 0)
            lastAnswer = now;
        else if (!m_waiting.empty() && now - lastAnswer > patience)
            return false;
    }
    return true;
}

bool CoapFleet::exchange(const std::vector<int> &clients, int window, const Build &build, const Answered &answered,
                         double patience)
{
    return run(clients, window, 0, build, answered, patience);
}

bool CoapFleet::exchangeEvenly(const std::vector<int> &clients, double perSecond, const Build &build,
                               const Answered &answered, double patience)
{
    return run(clients, 100000, perSecond, build, answered, patience);
}

std::string CoapFleet::ping(uint16_t messageId)
{
    std::string out;
    header(out, 0, messageId);
    return out;
}

std::string CoapFleet::registration(int client, uint16_t messageId)
{
    std::string out;
    int last = 0;
    const uint64_t mixed = uint64_t(client + 1) * 0x9e3779b97f4a7c15U;
    char text[64];
    header(out, 2, messageId);
    option(out, &last, 11, "rd");
    std::snprintf(text, sizeof text, "ep=urn:uuid:%08x-0000-4000-8000-%012x", unsigned(mixed >> 32), unsigned(client));
    option(out, &last, 15, text);
    std::snprintf(text, sizeof text, "u=sip:meter%07d@lab.example", client);
    option(out, &last, 15, text);
    std::snprintf(text, sizeof text, "s=%016llx", static_cast<unsigned long long>(mixed));
    option(out, &last, 15, text);
    option(out, &last, 15, "app=meter");
    option(out, &last, 15, "lt=86400");
    return out;
}

std::string CoapFleet::refresh(std::string_view key, uint16_t messageId)
{
    std::string out;
    int last = 0;
    header(out, 2, messageId);
    option(out, &last, 11, "rd");
    option(out, &last, 11, key);
    return out;
}

std::string CoapFleet::get(std::string_view path, uint16_t messageId)
{
    std::string out;
    int last = 0;
    header(out, 1, messageId);
    if (!path.empty())
        option(out, &last, 11, path);
    return out;
}

std::string CoapFleet::keyOf(std::string_view answer)
{
    if (codeOf(answer) != 0x41)
        return {};
    std::string key;
    size_t at = 4 + size_t(answer[0] & 15);
    for (int number = 0; at < answer.size() && uint8_t(answer[at]) != 0xff;) {
        int delta = uint8_t(answer[at]) >> 4, size = answer[at] & 15;
        ++at;
        if (delta > 12 || size > 12) // all of ours are small
            return {};
        number += delta;
        if (number == 8 && at + size_t(size) <= answer.size())
            key = answer.substr(at, size_t(size));
        at += size_t(size);
    }
    return key;
}

double cpuSecondsOf(const std::string &pid)
{
    long long sum = 0;
    for (const auto &task : std::filesystem::directory_iterator("/proc/" + pid + "/task")) {
        long long time = 0;
        std::ifstream(task.path() / "schedstat") >> time;
        sum += time;
    }
    return double(sum) / 1e9;
}

long long residentOf(const std::string &pid)
{
    long long size = 0, resident = 0;
    std::ifstream("/proc/" + pid + "/statm") >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

long long settledResidentOf(const std::string &pid)
{
    const double begun = steadySeconds();
    long long least = residentOf(pid);
    for (double since = begun; steadySeconds() - since < 8 && steadySeconds() - begun < 120;) {
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
        const long long now = residentOf(pid);
        if (now < least - 65536)
            since = steadySeconds();
        least = std::min(least, now);
    }
    return least;
}

double steadySeconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
