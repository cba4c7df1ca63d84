// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Many CoAP clients on loopback in one socket: client N sends from 127.1.0.0 + N, always from the same port. Each has at
/// most one request under way and repeats it every two seconds. Message ids are numbers of moments, so that no client
/// uses one again within EXCHANGE_LIFETIME (247 s; RFC 7252 section 4.4), not in the next program either, as long as it
/// has fewer than 250 requests a second. For the benchmarks; ends the program when it cannot go on.
class CoapFleet
{
public:
    static constexpr int most = 8'000'000;
    using Build = std::function<std::string(int client, uint16_t messageId)>;
    using Answered = std::function<void(int client, std::string_view answer)>;

    /// Port 0: any.
    CoapFleet(uint16_t serverPort, uint16_t ownPort = 0);
    ~CoapFleet();
    uint16_t ownPort() const { return m_ownPort; }

    /// One request of each of `clients`, at most `window` under way; ends when all are answered. False when nothing was
    /// answered for `patience` seconds.
    bool exchange(const std::vector<int> &clients, int window, const Build &build, const Answered &answered, double patience = 30);
    /// The same, each at its own time: `perSecond` of them, evenly.
    bool exchangeEvenly(const std::vector<int> &clients, double perSecond, const Build &build, const Answered &answered,
                        double patience = 30);
    long long repeated() const { return m_repeated; }

    static std::string ping(uint16_t messageId);
    static std::string registration(int client, uint16_t messageId);
    static std::string refresh(std::string_view key, uint16_t messageId); ///< POST /rd/KEY
    static std::string get(std::string_view path, uint16_t messageId);
    static std::string keyOf(std::string_view answer); ///< of a 2.01; empty where it is none
    static int codeOf(std::string_view answer) { return answer.size() < 4 ? -1 : uint8_t(answer[1]); }

private:
    struct Waiting {
        int client;
        double sentAt;
        std::string bytes;
    };
    bool run(const std::vector<int> &clients, int window, double perSecond, const Build &build, const Answered &answered,
             double patience);
    void sendAll(const std::vector<const Waiting *> &list);
    int receive(const Answered &answered);
    uint16_t nextId(int client, double now);

    int m_socket = -1;
    uint16_t m_serverPort = 0;
    uint16_t m_ownPort = 0;
    std::vector<Waiting> m_waiting;
    std::vector<int32_t> m_places; ///< of a client in m_waiting, + 1
    std::vector<uint32_t> m_lastMoments; ///< of which the last message id of a client is
    long long m_repeated = 0;
};

/// CPU time of every thread of a process so far, seconds.
double cpuSecondsOf(const std::string &pid);
/// Octets.
long long residentOf(const std::string &pid);
/// The same once it has not fallen for eight seconds; at most two minutes.
long long settledResidentOf(const std::string &pid);
double steadySeconds();
