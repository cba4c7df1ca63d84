// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/coapendpoint.h"
#include "connections/datagram/datagramoutbox.h"
#include "connections/datagram/datagramrefusaljournal.h"
#include "connections/datagram/datagramrequest.h"
#include "engine/engine.h"

namespace reveille {

/// Whose DTLS session a peer has.
class DatagramIdentities
{
public:
    virtual ~DatagramIdentities() = default;
    /// nullptr where the peer has no session.
    virtual const PublicUserId *userOf(const DatagramPeer &peer) const = 0;
};

/// Registrations of application instances (design "Datagram registration", after RFC 9176 section 5):
///   POST /rd?ep=…&u=…&s=…           2.01, Location-Path rd/KEY, "ka=SECONDS;lt=SECONDS"
///   POST /rd/KEY[?lt=…][&b=…]        2.04, the same payload; 4.04 where the key is not known any more
///   DELETE /rd/KEY                   2.02
///   POST /rd/KEY/confirm?id=PUSH_ID[&by=user]  2.04 once it is kept that the device has it (pushconfirmation.h); 4.04 where key
///                                    or push is not known, 4.09 where the word comes unasked, too early or too late
/// KEY is 64 random bits; a registration made over DTLS answers only to its user over DTLS, one made over plain CoAP
/// only to the allowed networks.
///
/// What is answered survives the end of the process: a new registration, one from another address, and one that brings other
/// facts or another lifetime are answered once they are on the disk. One that changes nothing but the time is answered at
/// once and written behind, within half a minute, and so are refreshes, an address that a NAT changed included: a restart
/// may find that registration to end somewhat sooner or at its address before, and the next refresh mends it. One that
/// comes again while it waits for the disk waits with the first. If the store cannot take it, it is answered all the same,
/// as over SIP. While the store is too far behind, what is new is sent away.
///
/// Refusals: 4.00 for what cannot be read, 4.01 without the DTLS identity it takes, 4.03
/// for a user not known or a device of someone else, 4.09 for a session identifier in use by another device, 5.03 when
/// full or while the store is too far behind, with the time to come back after. Server thread.
class DatagramRegistrar
{
public:
    DatagramRegistrar(const DatagramSettings &settings, Engine &engine, CoapEndpoint &endpoint, RegistrationTable &table,
                      std::shared_ptr<DatagramOutbox> outbox, const DatagramIdentities &identities);
    ~DatagramRegistrar();

    void create(const CoapCall &call, const CoapMessage &message);
    /// Fetches from memory what the refreshes among them will look up.
    void expect(std::span<const CoapMessage> requests) const;
    void refresh(const CoapCall &call, const CoapMessage &message, QByteArrayView key);
    void remove(const CoapCall &call, QByteArrayView key);
    /// What a device's application, or the person before it, has of a push.
    void confirm(const CoapCall &call, const CoapMessage &message, QByteArrayView key);
    /// POST /returned: what a SIR asked a device for, or its refusal; ?refusal tells the two apart. Answered 2.04.
    void takeReturned(const CoapCall &call, const CoapMessage &message);
    void restore(const StoredBinding &binding);

private:
    struct Bound {
        quint64 key = 0;
        bool hasNews = true; ///< that the answer has to wait for the disk for
    };
    Result<DatagramRequest, CoapRefusal> admit(const CoapCall &call, const CoapMessage &message) const;
    Result<Bound, CoapRefusal> bind(const CoapCall &call, const DatagramRequest &request);
    CoapRefusal owedRefusal(const CoapCall &call);
    void answerCreated(const CoapCall &call, quint64 key);
    std::optional<RegistrationTable::Entry> entryFor(const CoapCall &call, QByteArrayView key) const;
    bool serves(const PublicUserId &user) const;
    std::unique_ptr<Connection> connect(const StoredBinding &binding) const;
    void change(const RegistrationTable::Entry &before, const RegistrationTable::Entry &after);
    void refuse(const CoapCall &call, const CoapMessage &message, const CoapRefusal &refusal);
    Timestamp untilOf(const RegistrationTable::Entry &entry) const;
    Registration renewal(const RegistrationTable::Entry &entry) const;
    PinholeLearner::Advice adviceFor(const DatagramPeer &peer) const;
    LivenessPolicy policyFor(const PinholeLearner::Advice &advice) const;

    const DatagramSettings &m_settings;
    Engine &m_engine;
    CoapEndpoint &m_endpoint;
    RegistrationTable &m_table;
    std::shared_ptr<DatagramOutbox> m_outbox;
    const DatagramIdentities &m_identities;
    DatagramRefusalJournal m_journal;
    LimitLog m_fullLog, m_lifetimeLog, m_owedLog;
    LogGate m_refusedLog;
    QHash<quint64, int> m_unwritten; ///< keys of registrations that are not on the disk yet, and how many wait for it
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
