// SPDX-License-Identifier: GPL-3.0-or-later
// The devices of datagrammillion.sh: registers them with a server on loopback, measures what that and keeping them
// costs, and keeps their keys in a file, so that they are still there after a restart of the server.
// Usage: bench_datagrams register PORT PID KEYFILE UPTO WINDOW   one more line of figures: how many, seconds, CPU seconds,
//                                                               octets resident once they are idle
//        bench_datagrams refresh PORT PID KEYFILE PER_SECOND SECONDS   per cent of a core, microseconds a refresh
//        bench_datagrams check PORT PID KEYFILE COUNT            how many of so many are still registered; all of them must be
#include "coapfleet.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace {

constexpr size_t keySize = 11;

struct Kept {
    uint16_t port = 0;
    std::vector<std::string> keys;
};

Kept readKeys(const std::string &file)
{
    Kept kept;
    std::ifstream in(file, std::ios::binary);
    int port = 0;
    if (!(in >> port))
        return kept;
    in.get();
    kept.port = uint16_t(port);
    for (std::string key(keySize, '\0'); in.read(key.data(), keySize);)
        kept.keys.push_back(key);
    return kept;
}

void writeKeys(const std::string &file, const Kept &kept)
{
    std::ofstream out(file, std::ios::binary);
    out << kept.port << '\n';
    for (const std::string &key : kept.keys)
        out.write(key.data(), keySize);
}

int registerUpTo(CoapFleet &fleet, const std::string &pid, const std::string &file, Kept kept, int count, int window)
{
    std::vector<int> clients;
    for (int i = int(kept.keys.size()); i < count; ++i)
        clients.push_back(i);
    kept.keys.resize(size_t(count));
    kept.port = fleet.ownPort();
    int refused = 0;
    const double begun = steadySeconds(), before = cpuSecondsOf(pid);
    const bool done = fleet.exchange(
        clients, window, [](int client, uint16_t id) { return CoapFleet::registration(client, id); },
        [&](int client, std::string_view answer) {
            kept.keys[size_t(client)] = CoapFleet::keyOf(answer);
            refused += kept.keys[size_t(client)].size() != keySize;
        });
    if (!done || refused > 0) {
        std::fprintf(stderr, "bench_datagrams: %d registrations refused%s\n", refused, done ? "" : ", others unanswered");
        return 1;
    }
    const double took = steadySeconds() - begun, spent = cpuSecondsOf(pid) - before;
    writeKeys(file, kept);
    std::printf("%d %.2f %.2f %lld\n", count, took, spent, settledResidentOf(pid));
    if (fleet.repeated() > 0)
        std::fprintf(stderr, "bench_datagrams: %lld requests were repeated\n", fleet.repeated());
    return 0;
}

int refresh(CoapFleet &fleet, const std::string &pid, const Kept &kept, double perSecond, double seconds, bool measures)
{
    std::vector<int> clients;
    for (int i = 0; i < int(perSecond * seconds); ++i)
        clients.push_back(int(size_t(i) * 611'953 % kept.keys.size())); // a prime: neighbours in time are none in memory
    int gone = 0;
    const double begun = steadySeconds(), before = cpuSecondsOf(pid);
    const bool done = fleet.exchangeEvenly(
        clients, perSecond, [&](int client, uint16_t id) { return CoapFleet::refresh(kept.keys[size_t(client)], id); },
        [&](int, std::string_view answer) { gone += CoapFleet::codeOf(answer) != 0x44; });
    if (!done || gone > 0) {
        std::fprintf(stderr, "bench_datagrams: %d of %zu are not registered%s\n", gone, clients.size(),
                     done ? "" : ", others did not get an answer");
        return 1;
    }
    const double took = steadySeconds() - begun, spent = cpuSecondsOf(pid) - before;
    if (measures)
        std::printf("%.2f %.2f\n", 100 * spent / took, spent * 1e6 / double(clients.size()));
    else
        std::printf("%zu\n", clients.size());
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string what = argc > 1 ? argv[1] : "";
    if (!((what == "register" || what == "refresh") && argc == 7) && !(what == "check" && argc == 6)) {
        std::fprintf(stderr, "usage: bench_datagrams register|refresh|check PORT PID KEYFILE …\n");
        return 2;
    }
    const std::string pid = argv[3], file = argv[4];
    const Kept kept = readKeys(file);
    CoapFleet fleet(uint16_t(std::atoi(argv[2])), kept.port);
    if (what == "register")
        return registerUpTo(fleet, pid, file, kept, std::min(std::atoi(argv[5]), CoapFleet::most), std::atoi(argv[6]));
    if (kept.keys.empty()) {
        std::fprintf(stderr, "bench_datagrams: nothing is registered\n");
        return 1;
    }
    if (what == "refresh")
        return refresh(fleet, pid, kept, std::atof(argv[5]), std::atof(argv[6]), true);
    return refresh(fleet, pid, kept, 5000, std::atof(argv[5]) / 5000, false);
}
