// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpidentity.h"

#include "wire/sipdigest.h"

namespace reveille {

namespace {

/// Compares without telling by its time where two secrets differ.
bool sameSecret(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    quint8 difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= quint8(a[i]) ^ quint8(b[i]);
    return difference == 0;
}

/// The one device with this number, nullptr where there is none.
const Device *deviceOfNumber(const Registry &registry, const Msisdn &number)
{
    const std::optional<PublicUserId> user = registry.userOfMsisdn(number);
    const QVector<DeviceId> devices = user ? registry.devicesOf(*user) : QVector<DeviceId>();
    for (const DeviceId &id : devices) {
        const Device *device = registry.device(id);
        if (device && device->msisdn == number)
            return device;
    }
    return nullptr;
}

std::optional<PublicUserId> userNamed(const QString &name, const QString &realm)
{
    const bool whole = name.contains(u'@') || name.contains(u':');
    const Result<PublicUserId> user = PublicUserId::parse(whole ? name : QStringLiteral("sip:%1@%2").arg(name, realm));
    return user && !user->localPart().isEmpty() ? std::optional(*user) : std::nullopt;
}

} // namespace

Result<OtaHttpSubscriber> identifyTerminal(const Registry &registry, const OtaAnswer &answer,
                                           const OtaCredentials *credentials, const QString &realm)
{
    OtaTerminalId terminal = answer.terminal;
    if (terminal.isEmpty() && credentials)
        terminal = OtaTerminalId::parse(credentials->username).valueOr({});

    OtaHttpSubscriber subscriber;
    subscriber.msisdn = terminal.msisdn();
    const Device *known = nullptr;
    if (!answer.device.isEmpty()) {
        const Result<DeviceId> named = DeviceId::parse(answer.device);
        if (!named)
            return Error{"terminal-device", answer.device.left(64)};
        subscriber.device = *named;
        known = registry.device(*named);
    } else {
        // A name that came in the credentials alone may be the user's; it is a device's only if that is known.
        const bool named = !answer.terminal.isEmpty();
        subscriber.device = named ? terminal.deviceId() : DeviceId();
        known = registry.device(terminal.deviceId());
        if (!known && subscriber.msisdn)
            known = deviceOfNumber(registry, *subscriber.msisdn);
    }
    // A number that is another device's is not taken over by saying so.
    const Device *holder = subscriber.msisdn ? deviceOfNumber(registry, *subscriber.msisdn) : nullptr;
    if (holder && known && holder->id != known->id)
        return Error{"device-belongs-to-other-user", subscriber.msisdn->toString()};

    std::optional<PublicUserId> user;
    if (!answer.user.isEmpty()) {
        user = userNamed(answer.user, realm);
        if (!user)
            return Error{"terminal-user", answer.user.left(64)};
    }
    if (known) {
        if (user && *user != known->user)
            return Error{"device-belongs-to-other-user", known->id.toString()};
        subscriber.user = known->user;
        subscriber.device = known->id;
        return subscriber;
    }
    if (!user && credentials)
        user = userNamed(QString::fromUtf8(credentials->username.left(255)), realm);
    if (!user || subscriber.device.isEmpty() || (holder && holder->user != *user))
        return Error{"terminal-unknown", terminal.toString().left(64)};
    subscriber.user = *user;
    return subscriber;
}

bool provesTerminal(const OtaCredentials &credentials, const OtaHttpSubscriber &subscriber,
                    const OtaTerminalId &terminal, const User *user, const QString &realm)
{
    const QByteArray local = subscriber.user.localPart().toUtf8();
    const QByteArray made = sipDigestHa1(SipDigestAlgorithm::Sha256, local, realm.toUtf8(), credentials.password);
    const QByteArray kept = user && !user->ha1Sha256.isEmpty() ? user->ha1Sha256 : QByteArray(made.size(), '-');
    const QByteArray &name = credentials.username;
    // A name in Basic credentials has no colon (RFC 7617): the user ID goes without its scheme.
    const bool isOwnName = name == local || "sip:" + name == subscriber.user.toString().toUtf8() ||
                           (!terminal.isEmpty() && name == terminal.toString().toUtf8()) ||
                           (subscriber.msisdn && name == OtaTerminalId::of(*subscriber.msisdn).toString().toUtf8());
    return sameSecret(made, kept) && isOwnName;
}

} // namespace reveille
