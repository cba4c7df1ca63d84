// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/coappushreader.h"
#include "client/datagrampath.h"
#include "client/devicelink.h"
#include "client/pinholetester.h"

#include <QTimer>

#include <vector>

namespace reveille {

/// A device that keeps no connection: over CoAP, in UDP or DTLS, it registers each of its application
/// instances (POST /rd, after RFC 9176), refreshes them as often as the server says (POST /rd/KEY), and takes
/// pushes (POST /push) on the same port. Lives in its client's thread.
class DatagramLink : public DeviceLink {
    Q_OBJECT
public:
    DatagramLink(const PushClientSettings &settings, PushInbox &inbox, QObject *parent = nullptr);
    ~DatagramLink() override;

    void open(const SirGateway &gateway) override;
    void close() override;
    void registerNow() override;
    void unregister() override;
    void goSilent() override;
    /// POST /returned, "?refusal" for a refusal; only while open.
    bool giveBack(const QByteArray &kind, const QByteArray &body) override;
    /// POST /rd/KEY/confirm?id=PUSH of the registration it came to; only while open.
    bool confirm(const ReceivedPush &push) override;
    LinkMemory memory() const override;
    /// Those whose time has come are forgotten, and so are those that the server has not answered well.
    void resume(const LinkMemory &memory) override { m_resumed = memory.registrations; }
    bool isOpen() const override { return m_path != nullptr; }
    bool isRegistered() const override; ///< one instance at least

    /// Before this share of the lifetime has passed it is refreshed, whatever interval the server named.
    static constexpr int refreshPercent = 90;
    /// Requests; with so many nothing is given back over this path.
    static constexpr size_t mostUnderWay = 8;

private:
    /// Those of applications that are asleep have no registration. The one that stands for the device, where no sessions are
    /// named, never sleeps.
    struct Instance {
        ClientSession session;
        QByteArray location; ///< "rd/KEY"; empty = not registered
        QDeadlineTimer until;
        Milliseconds refreshAfter{0};
        bool isOfDevice = false;
    };

    bool isAsleep(const Instance &instance) const;
    QByteArray applicationOf(const Instance &instance) const;
    const LinkMemory::Registration *resumable(const Instance &instance) const;
    quint16 clientPortOf(const ClientSession &session) const;
    bool takesPushesElsewhere() const;
    void registerInstance(size_t at);
    bool resumeInstance(size_t at);
    void onRegistered(size_t at, const CoapMessage *answer);
    void refresh();
    void onRefreshed(size_t at, const CoapMessage *answer);
    void grant(Instance &instance, const CoapMessage &answer, bool refreshed);
    void refuse(const CoapMessage &answer);
    void scheduleRefresh();
    void testPinhole();
    void lose(const QByteArray &reason);
    void sendConfirmation(const QString &push, const QString &session);
    CoapChannel::Reply takeRequest(const CoapMessage &request);

    std::vector<Instance> m_instances;
    QVector<LinkMemory::Registration> m_resumed; ///< of another life, not heard of yet
    bool m_isAway = false;                       ///< at a gateway that a SIR named
    std::unique_ptr<DatagramPath> m_path;
    std::unique_ptr<CoapChannel> m_channel;
    CoapPushReader m_pushes;
    QTimer m_refresh;
    std::unique_ptr<PinholeTester> m_tester;
    int m_removing = 0;
};

/// Who a device of these settings is under DTLS; nothing where it does not use it.
std::optional<DatagramPath::Identity> datagramIdentity(const PushClientSettings &settings);

/// 2.05 is 205, as the status of SIP that says the same is written.
int coapStatus(quint8 code);

} // namespace reveille
