// SPDX-License-Identifier: GPL-3.0-or-later
// Hands MESSAGES pushes for RECIPIENTS devices to a server on loopback over CONNECTIONS lasting connections, and takes them
// as the devices: with reveilled as CoAP clients (127.1.0.0 and up) that acknowledge each, with Kannel's push proxy as
// terminals at the WSP port of the same addresses. Prints accepted and delivered a second, and the CPU time of the processes
// PID for each delivered, in microseconds; the kind "latency" sends one after the other and prints the time from the first
// octet of the trigger to the datagram, p50 and p99, and the same for a datagram to an echo and back after one fdatasync, in
// microseconds. Used by push.sh.
// The kind "batch" hands them to POST /v1/pushes/batch, 500 at a time and for devices that are not there, and prints accepted a
// second, the CPU time for each until the last answer, and how many were accepted; the server must know the users already.
// Usage: bench_push pap|rest|kannel|latency|batch HTTP_PORT DEVICE_PORT TOKEN MESSAGES CONNECTIONS RECIPIENTS PID…
// DEVICE_PORT: the server's CoAP port, or the port that terminals have.

#include "coapfleet.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <numeric>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <unordered_set>

namespace {

constexpr uint32_t firstAddress = 0x7f010000;
constexpr double patience = 10;
constexpr int batchSize = 500;

[[noreturn]] void fail(const std::string &what)
{
    std::fprintf(stderr, "bench_push: %s: %s\n", what.c_str(), std::strerror(errno));
    std::exit(1);
}

sockaddr *raw(sockaddr_in &address)
{
    void *pointer = &address;
    return static_cast<sockaddr *>(pointer);
}

sockaddr_in loopback(uint16_t port, uint32_t host = INADDR_LOOPBACK)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(host);
    return address;
}

std::string ipOf(int client)
{
    const uint32_t address = firstAddress + uint32_t(client);
    return "127." + std::to_string(address >> 16 & 255) + '.' + std::to_string(address >> 8 & 255) + '.' + std::to_string(address & 255);
}

std::string basic(const std::string &token)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::string text = "bench:" + token;
    std::string out;
    for (size_t i = 0; i < text.size(); i += 3) {
        const auto at = [&](size_t k) { return i + k < text.size() ? unsigned(uint8_t(text[i + k])) : 0U; };
        const unsigned bits = at(0) << 16 | at(1) << 8 | at(2);
        for (size_t k = 0; k < 4; ++k)
            out += i + k <= text.size() ? digits[bits >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

class Sender
{
public:
    Sender(std::string kind, std::string token, int recipients)
        : m_kind(std::move(kind)), m_authorization(basic(token)), m_recipients(recipients), m_run(std::to_string(::getpid()))
    {
    }
    std::string request(int number) const
    {
        const int client = number % m_recipients;
        const std::string id = m_run + '.' + std::to_string(number);
        const bool isPap = m_kind == "pap" || m_kind == "kannel";
        std::string head, body;
        if (isPap) {
            head = "POST /pap HTTP/1.1\r\nContent-Type: multipart/related; boundary=asdlfkjiurwghasf; type=\"application/xml\"\r\n";
            body = "--asdlfkjiurwghasf\r\nContent-Type: application/xml\r\n\r\n<?xml version=\"1.0\"?>\r\n"
                   "<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 1.0//EN\" \"http://www.wapforum.org/DTD/pap_1.0.dtd\">\r\n"
                   "<pap><push-message push-id=\"" + id + "@bench\"><address address-value=\"WAPPUSH=" + ipOf(client)
                 + "/TYPE=IPV4@ppg.lab.example\"/><quality-of-service delivery-method=\"unconfirmed\"/></push-message></pap>\r\n"
                   "--asdlfkjiurwghasf\r\nContent-Type: text/plain\r\n\r\nGood morning " + id + "\r\n--asdlfkjiurwghasf--\r\n";
        } else {
            head = "POST /v1/pushes HTTP/1.1\r\nContent-Type: application/json\r\n";
            body = push(client, id, {});
        }
        return whole(head, body);
    }
    std::string batch(int number) const
    {
        std::string body = R"({"pushes":[)";
        for (int i = number * batchSize; i < (number + 1) * batchSize; ++i)
            body += (i % batchSize ? "," : "") + push(i % m_recipients, m_run + '.' + std::to_string(i), R"(,"when":"when_reachable")");
        return whole("POST /v1/pushes/batch HTTP/1.1\r\nContent-Type: application/json\r\n", body + "]}");
    }
    /// Whether the answer takes the push.
    bool accepts(const std::string &answer) const
    {
        const bool isPap = m_kind == "pap" || m_kind == "kannel";
        return answer.compare(9, 3, "202") == 0 && (!isPap || answer.find("\"1001\"") != std::string::npos);
    }
    /// How many pushes of a batch the answer takes.
    static int acceptedOf(const std::string &answer)
    {
        int count = 0;
        for (size_t at = 0; (at = answer.find("\"p-", at)) != std::string::npos; ++at)
            ++count;
        return count;
    }

private:
    static std::string push(int client, const std::string &id, const std::string &terms)
    {
        char user[64];
        std::snprintf(user, sizeof user, "sip:meter%07d@lab.example", client);
        return R"({"to":{"user":")" + std::string(user) + R"("},"content_type":"text/plain")" + terms + R"(,"body":"Good morning )" + id + "\"}";
    }
    std::string whole(const std::string &head, const std::string &body) const
    {
        return head + "Host: 127.0.0.1\r\nAuthorization: Basic " + m_authorization
            + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    std::string m_kind, m_authorization;
    int m_recipients;
    std::string m_run;
};

/// One lasting connection.
struct Link {
    int socket = -1;
    std::string out, in;

    explicit Link(uint16_t port)
    {
        socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = loopback(port);
        if (socket < 0 || ::connect(socket, raw(address), sizeof address) != 0)
            fail("connect");
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ::fcntl(socket, F_SETFL, O_NONBLOCK);
    }
    void write()
    {
        const ssize_t count = ::send(socket, out.data(), out.size(), MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN)
            fail("send");
        out.erase(0, size_t(std::max<ssize_t>(count, 0)));
    }
    /// One whole answer, or nothing yet.
    std::string answer()
    {
        char octets[65536];
        const ssize_t count = ::recv(socket, octets, sizeof octets, 0);
        if (count == 0 || (count < 0 && errno != EAGAIN))
            fail("the connection ended");
        in.append(octets, size_t(std::max<ssize_t>(count, 0)));
        const size_t head = in.find("\r\n\r\n");
        if (head == std::string::npos)
            return {};
        const size_t field = in.find("Content-Length:");
        if (field > head)
            fail("no Content-Length: " + in.substr(0, 300));
        const size_t length = size_t(std::atoi(in.c_str() + field + 15));
        if (in.size() < head + 4 + length)
            return {};
        const std::string whole = in.substr(0, head + 4 + length);
        in.erase(0, whole.size());
        return whole;
    }
};

/// What the devices get.
class Devices
{
public:
    explicit Devices(uint16_t port, bool areCoap) : m_areCoap(areCoap)
    {
        m_socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        const int on = 1, room = 32 * 1024 * 1024;
        ::setsockopt(m_socket, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
        sockaddr_in address = loopback(port, INADDR_ANY);
        if (m_socket < 0 || ::bind(m_socket, raw(address), sizeof address) != 0)
            fail("port of the devices");
    }
    int socket() const { return m_socket; }
    /// Takes what is there and acknowledges it; pushes that came again count once.
    void read()
    {
        for (int i = 0; i < 256; ++i) {
            char octets[2048];
            alignas(cmsghdr) char control[CMSG_SPACE(sizeof(in_pktinfo))];
            sockaddr_in peer{};
            iovec part{octets, sizeof octets};
            msghdr message{};
            message.msg_name = &peer;
            message.msg_namelen = sizeof peer;
            message.msg_iov = &part;
            message.msg_iovlen = 1;
            message.msg_control = control;
            message.msg_controllen = sizeof control;
            const ssize_t count = ::recvmsg(m_socket, &message, 0);
            if (count < 4)
                return;
            const std::string datagram(octets, size_t(count));
            const size_t text = datagram.find("Good morning ");
            if (text != std::string::npos)
                m_bodies.insert(datagram.substr(text));
            if (!m_areCoap || (uint8_t(octets[0]) & 0x30) != 0) // confirmable ones want their acknowledgement
                continue;
            const size_t token = uint8_t(octets[0]) & 15;
            octets[0] = char(0x60 | token);
            octets[1] = 0x44;
            part.iov_len = 4 + token;
            ::sendmsg(m_socket, &message, 0);
        }
    }
    size_t received() const { return m_bodies.size(); }

private:
    bool m_areCoap;
    int m_socket;
    std::unordered_set<std::string> m_bodies;
};

uint16_t registerFleet(uint16_t coapPort, int recipients)
{
    CoapFleet fleet(coapPort);
    std::vector<int> clients;
    clients.resize(size_t(recipients));
    std::iota(clients.begin(), clients.end(), 0);
    int registered = 0;
    fleet.exchange(clients, 16, CoapFleet::registration, [&](int, std::string_view answer) { registered += CoapFleet::codeOf(answer) == 0x41; });
    if (registered != recipients)
        fail("registered " + std::to_string(registered) + " of " + std::to_string(recipients));
    return fleet.ownPort();
}

double cpuOf(const std::vector<std::string> &pids)
{
    double sum = 0;
    for (const std::string &pid : pids)
        sum += cpuSecondsOf(pid);
    return sum;
}

void load(const Sender &sender, Devices &devices, uint16_t port, int messages, int connections, const std::vector<std::string> &pids)
{
    std::vector<Link> links;
    for (int i = 0; i < connections; ++i)
        links.emplace_back(port);
    const double before = cpuOf(pids), began = steadySeconds();
    double acceptedAt = began, lastAt = began;
    int next = 0, accepted = 0;
    const auto start = [&](Link &link) {
        if (next < messages)
            link.out = sender.request(next++);
        link.write();
    };
    for (Link &link : links)
        start(link);
    std::vector<pollfd> watched;
    size_t received = 0;
    while (int(received) < messages || accepted < messages) {
        watched.clear();
        watched.push_back({devices.socket(), POLLIN, 0});
        for (const Link &link : links)
            watched.push_back({link.socket, short(link.out.empty() ? POLLIN : POLLIN | POLLOUT), 0});
        if (::poll(watched.data(), watched.size(), 1000) < 0)
            fail("poll");
        if (watched[0].revents)
            devices.read();
        for (size_t i = 0; i < links.size(); ++i) {
            if (watched[i + 1].revents & POLLOUT)
                links[i].write();
            if (!(watched[i + 1].revents & (POLLIN | POLLERR | POLLHUP)))
                continue;
            const std::string answer = links[i].answer();
            if (answer.empty())
                continue;
            if (!sender.accepts(answer))
                fail("not accepted: " + answer);
            if (++accepted == messages)
                acceptedAt = steadySeconds();
            start(links[i]);
        }
        const double now = steadySeconds();
        if (devices.received() > received || accepted < messages)
            lastAt = now;
        received = devices.received();
        if (now - lastAt > patience)
            break;
    }
    const double end = lastAt;
    std::printf("%.0f %.0f %.2f %zu\n", messages / (acceptedAt - began), double(received) / (end - began),
                (cpuOf(pids) - before) * 1e6 / double(std::max<size_t>(received, 1)), received);
}

void batches(const Sender &sender, uint16_t port, int messages, int connections, const std::vector<std::string> &pids)
{
    std::vector<Link> links;
    std::vector<pollfd> watched;
    for (int i = 0; i < connections; ++i) {
        links.emplace_back(port);
        watched.push_back({links.back().socket, POLLIN, 0});
    }
    std::vector<std::string> requests; // made before, so that they are not measured
    for (int i = 0; i < messages / batchSize; ++i)
        requests.push_back(sender.batch(i));
    const double before = cpuOf(pids), began = steadySeconds();
    size_t next = 0, answered = 0;
    int accepted = 0;
    const auto start = [&](Link &link) {
        if (next < requests.size())
            link.out = std::move(requests[next++]);
        link.write();
    };
    for (Link &link : links)
        start(link);
    while (answered < requests.size()) {
        for (size_t i = 0; i < links.size(); ++i)
            watched[i].events = short(links[i].out.empty() ? POLLIN : POLLIN | POLLOUT);
        if (::poll(watched.data(), watched.size(), int(patience) * 1000) <= 0)
            fail("no answer came");
        for (size_t i = 0; i < links.size(); ++i) {
            if (watched[i].revents & POLLOUT)
                links[i].write();
            if (!(watched[i].revents & (POLLIN | POLLERR | POLLHUP)))
                continue;
            const std::string answer = links[i].answer();
            if (answer.empty())
                continue;
            const int taken = Sender::acceptedOf(answer);
            if (taken < batchSize)
                fail("not all accepted: " + answer.substr(0, 1000));
            accepted += taken;
            ++answered;
            start(links[i]);
        }
    }
    const double took = steadySeconds() - began;
    std::printf("%.0f %.2f %d\n", accepted / took, (cpuOf(pids) - before) * 1e6 / std::max(accepted, 1), accepted);
}

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, size_t(double(values.size()) * share))] * 1e6;
}

void latency(const Sender &sender, Devices &devices, uint16_t port, int messages)
{
    std::vector<double> ours, floor;
    Link link(port);
    for (int i = 0; i < messages; ++i) {
        const double began = steadySeconds();
        link.out = sender.request(i);
        link.write();
        pollfd device{devices.socket(), POLLIN, 0};
        while (int(devices.received()) <= i) {
            if (::poll(&device, 1, int(patience) * 1000) <= 0)
                fail("no push came");
            devices.read();
        }
        ours.push_back(steadySeconds() - began);
        pollfd answered{link.socket, POLLIN, 0};
        for (std::string answer; answer.empty();) {
            if (::poll(&answered, 1, int(patience) * 1000) <= 0)
                fail("no answer came");
            answer = link.answer();
            if (!answer.empty() && !sender.accepts(answer))
                fail("not accepted: " + answer);
        }
    }

    const int echo = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), own = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(echo, raw(address), sizeof address) != 0 || ::getsockname(echo, raw(address), &size) != 0)
        fail("echo");
    std::thread server([echo, messages] {
        for (int i = 0; i < messages; ++i) {
            char octets[2048];
            sockaddr_in peer{};
            socklen_t length = sizeof peer;
            const ssize_t count = ::recvfrom(echo, octets, sizeof octets, 0, raw(peer), &length);
            ::sendto(echo, octets, size_t(std::max<ssize_t>(count, 0)), 0, raw(peer), length);
        }
    });
    char name[] = "bench_push.XXXXXX"; // beside the server's own file: the same disk
    const int file = ::mkstemp(name);
    ::unlink(name);
    for (int i = 0; i < messages; ++i) {
        char octets[512] = {};
        const double began = steadySeconds();
        if (::write(file, octets, sizeof octets) < 0 || ::fdatasync(file) != 0)
            fail("fdatasync");
        ::sendto(own, octets, sizeof octets, 0, raw(address), size);
        ::recv(own, octets, sizeof octets, 0);
        floor.push_back(steadySeconds() - began);
    }
    server.join();
    std::printf("%.0f %.0f %.0f %.0f\n", percentile(ours, 0.5), percentile(ours, 0.99), percentile(floor, 0.5), percentile(floor, 0.99));
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 9) {
        std::fputs("usage: bench_push pap|rest|kannel|latency|batch HTTP_PORT DEVICE_PORT TOKEN MESSAGES CONNECTIONS RECIPIENTS PID...\n", stderr);
        return 2;
    }
    const std::string kind = argv[1];
    const auto number = [&](int i) { return std::atoi(argv[i]); };
    const bool isKannel = kind == "kannel";
    const int messages = number(5), connections = number(6), recipients = number(7);
    const std::vector<std::string> pids(argv + 8, argv + argc);
    if (kind == "batch") {
        if (messages < batchSize || messages % batchSize != 0) {
            std::fprintf(stderr, "bench_push: MESSAGES must be a multiple of %d\n", batchSize);
            return 2;
        }
        batches(Sender("rest", argv[4], recipients), uint16_t(number(2)), messages, connections, pids);
        return 0;
    }
    const uint16_t port = isKannel ? uint16_t(number(3)) : registerFleet(uint16_t(number(3)), recipients);
    Devices devices(port, !isKannel);
    const Sender sender(kind == "latency" ? "rest" : kind, argv[4], recipients);
    if (kind == "latency")
        latency(sender, devices, uint16_t(number(2)), messages);
    else
        load(sender, devices, uint16_t(number(2)), messages, connections, pids);
    return 0;
}
