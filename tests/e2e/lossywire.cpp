// SPDX-License-Identifier: GPL-3.0-or-later
// A bad cable between two network interfaces: carries every frame over, but loses, doubles and delays some,
// each with its own share. For kernels without netem too. Usage: lossywire IF_A IF_B LOSS DUPLICATION
// REORDERING [SEED], in percent. Prints "ready" once it carries; ends with SIGTERM and prints what it did.
// Needs CAP_NET_RAW.

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <random>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Frame = std::vector<char>;

constexpr size_t offloadNotes = 10;               ///< octets of struct virtio_net_hdr before each frame
constexpr std::chrono::milliseconds holdTime{40}; ///< how much later a frame out of order arrives

volatile std::sig_atomic_t ended = 0;

struct End {
    int socket = -1;
    struct Held {
        Clock::time_point due;
        Frame frame;
    };
    std::deque<Held> held; ///< to be sent here
};

/// Frames with the notes of checksum offloading, so that they leave as they came.
int openInterface(const char *name)
{
    const int fd = ::socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, htons(ETH_P_ALL));
    const int on = 1;
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(ETH_P_ALL);
    address.sll_ifindex = int(::if_nametoindex(name));
    packet_mreq everything{};
    everything.mr_ifindex = address.sll_ifindex;
    everything.mr_type = PACKET_MR_PROMISC;
    const bool fine =
        fd >= 0 && address.sll_ifindex != 0 &&
        ::setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof on) == 0 &&
        ::setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on) == 0 &&
        ::setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &everything, sizeof everything) == 0 &&
        ::bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    if (!fine) {
        std::perror(name);
        std::exit(1);
    }
    return fd;
}

bool isIp(const Frame &frame)
{
    constexpr size_t typeAt = offloadNotes + 12;
    return frame.size() > typeAt + 1 && frame[typeAt] == char(0x08) && frame[typeAt + 1] == char(0x00);
}

void put(End &end, const Frame &frame)
{
    if (::write(end.socket, frame.data(), frame.size()) < 0)
        std::perror("write");
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 6) {
        std::fprintf(stderr, "usage: lossywire IF_A IF_B LOSS DUPLICATION REORDERING [SEED]\n");
        return 2;
    }
    std::array<End, 2> ends;
    ends[0].socket = openInterface(argv[1]);
    ends[1].socket = openInterface(argv[2]);
    const int loss = std::atoi(argv[3]), duplication = std::atoi(argv[4]), reordering = std::atoi(argv[5]);
    std::mt19937 random(argc > 6 ? unsigned(std::atoi(argv[6])) : 1U);
    const auto happens = [&](int percent) {
        return int(random() % 100U) < percent;
    };
    std::signal(SIGTERM, [](int) { ended = 1; });
    int carried = 0, lost = 0, doubled = 0, late = 0;
    std::puts("ready");
    std::fflush(stdout);

    std::array<pollfd, 2> polled{pollfd{ends[0].socket, POLLIN, 0}, pollfd{ends[1].socket, POLLIN, 0}};
    while (!ended) {
        const bool waiting = !ends[0].held.empty() || !ends[1].held.empty();
        ::poll(polled.data(), polled.size(), waiting ? 5 : -1);
        for (size_t from = 0; from < 2; ++from) {
            End &to = ends[1 - from];
            Frame frame(70000);
            for (ssize_t got; (got = ::read(ends[from].socket, frame.data(), frame.size())) > 0;) {
                const Frame whole(frame.begin(), frame.begin() + got);
                if (!isIp(whole)) { // ARP: the cable is bad, not the neighbourhood
                    put(to, whole);
                    continue;
                }
                if (happens(loss)) {
                    ++lost;
                    continue;
                }
                ++carried;
                if (happens(reordering)) {
                    ++late;
                    to.held.push_back({Clock::now() + holdTime, whole});
                } else {
                    put(to, whole);
                }
                if (happens(duplication)) {
                    ++doubled;
                    put(to, whole);
                }
            }
            while (!to.held.empty() && to.held.front().due <= Clock::now()) {
                put(to, to.held.front().frame);
                to.held.pop_front();
            }
        }
    }
    std::printf("carried %d, lost %d, doubled %d, late %d\n", carried, lost, doubled, late);
}
