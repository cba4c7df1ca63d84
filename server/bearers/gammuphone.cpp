// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/gammuphone.h"

#include "wire/smsuserdata.h"

#include <QDeadlineTimer>
#include <QThread>

#include <cstdlib>
#include <cstring>
#include <gammu.h>
#include <memory>
#include <mutex>

namespace reveille {

namespace {

constexpr int longestSettings = 4096; ///< octets of a text given to libGammu
constexpr unsigned long pollMs = 20;

/// libGammu frees what stands there with free().
char *copyFor(const QString &text)
{
    return strdup(text.toUtf8().left(longestSettings).constData());
}

void initLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] {
        GSM_InitLocales(nullptr);
        GSM_Debug_Info *debug = GSM_GetGlobalDebug();
        GSM_SetDebugFileDescriptor(nullptr, FALSE, debug);
        GSM_SetDebugLevel("none", debug); // numbers and message bodies would stand in it
    });
}

/// The header ends where its first octet says (3GPP 23.040 section 9.2.3.24).
bool fill(GSM_SMSMessage &sms, const QByteArray &part)
{
    const qsizetype header = part.isEmpty() ? 0 : quint8(part[0]) + 1;
    if (header == 0 || header > part.size() || part.size() > smsUserDataLimit)
        return false;
    sms.UDH.Type = UDH_UserUDH;
    sms.UDH.Length = int(header);
    std::memcpy(sms.UDH.Text, part.constData(), size_t(header));
    sms.Length = int(part.size() - header);
    std::memcpy(sms.Text, part.constData() + header, size_t(sms.Length));
    return true;
}

} // namespace

GammuPhone::GammuPhone(Settings settings, const std::atomic_bool &isStopping)
    : m_settings(std::move(settings))
    , m_isStopping(isStopping)
{
    initLibrary();
}

GammuPhone::~GammuPhone()
{
    close();
}

void GammuPhone::close()
{
    if (!m_machine)
        return;
    if (GSM_IsConnected(m_machine))
        GSM_TerminateConnection(m_machine);
    GSM_FreeStateMachine(m_machine);
    m_machine = nullptr;
}

PhoneAnswer GammuPhone::judged(int error) const
{
    PhoneAnswer answer;
    if (error == ERR_NONE)
        return answer;
    answer.detail = QString::fromLatin1(GSM_ErrorName(GSM_Error(error)));
    switch (error) {
    case ERR_UNKNOWNCONNECTIONTYPESTRING:
    case ERR_UNKNOWNMODELSTRING:
    case ERR_UNCONFIGURED:
    case ERR_SOURCENOTAVAILABLE:
        answer.code = "phone-settings";
        answer.isLost = true;
        break;
    case ERR_TIMEOUT:
        answer.code = "phone-silent";
        answer.isLost = true;
        break;
    case ERR_DEVICEOPENERROR:
    case ERR_DEVICELOCKED:
    case ERR_DEVICENOTEXIST:
    case ERR_DEVICEBUSY:
    case ERR_DEVICENOPERMISSION:
    case ERR_DEVICENODRIVER:
    case ERR_DEVICENOTWORK:
    case ERR_DEVICEDTRRTSERROR:
    case ERR_DEVICECHANGESPEEDERROR:
    case ERR_DEVICEWRITEERROR:
    case ERR_DEVICEREADERROR:
    case ERR_DEVICEPARITYERROR:
    case ERR_NOTCONNECTED:
        answer.code = "phone-missing";
        answer.isLost = true;
        break;
    default:
        answer.code = "phone-refused";
    }
    return answer;
}

PhoneAnswer GammuPhone::connectPhone()
{
    close();
    m_machine = GSM_AllocStateMachine();
    if (!m_machine)
        return judged(ERR_MOREMEMORY);
    GSM_Config *config = GSM_GetConfig(m_machine, 0);
    config->Device = copyFor(m_settings.device);
    config->Connection = copyFor(m_settings.connection);
    qstrncpy(config->Model, m_settings.model.toLatin1().constData(), sizeof config->Model);
    qstrncpy(config->DebugLevel, "none", sizeof config->DebugLevel);
    config->UseGlobalDebugFile = FALSE;
    config->LockDevice = FALSE;
    config->SyncTime = FALSE;
    config->StartInfo = FALSE;
    GSM_SetConfigNum(m_machine, 1);
    PhoneAnswer answer = judged(GSM_InitConnection(m_machine, 1));
    if (answer.code.isEmpty()) {
        GSM_SetSendSMSStatusCallback(m_machine, partSent, this);
        return answer;
    }
    answer.isLost = true;
    close();
    return answer;
}

void GammuPhone::open()
{
    Q_EMIT opened(connectPhone());
}

void GammuPhone::partSent(_GSM_StateMachine *, int status, int reference, void *phone)
{
    auto *self = static_cast<GammuPhone *>(phone);
    self->m_reference = reference;
    self->m_sentStatus = status;
}

PhoneAnswer GammuPhone::sendPart(const QString &recipient, const QByteArray &part)
{
    const auto sms = std::make_unique<GSM_SMSMessage>();
    std::memset(sms.get(), 0, sizeof *sms);
    GSM_SetDefaultSMSData(sms.get());
    sms->PDU = SMS_Submit;
    sms->Coding = SMS_Coding_8bit;
    sms->Class = -1;
    sms->SMSC.Location = 1; // the centre that the SIM names
    const QByteArray number = recipient.toLatin1();
    EncodeUnicode(sms->Number, number.constData(), size_t(number.size()));
    if (!fill(*sms, part))
        return judged(ERR_INVALIDDATA);
    m_sentStatus = -1;
    const int error = GSM_SendSMS(m_machine, sms.get());
    if (error != ERR_NONE)
        return judged(error);
    const QDeadlineTimer end(m_settings.sendTimeout);
    while (m_sentStatus < 0 && !end.hasExpired() && !m_isStopping) {
        GSM_ReadDevice(m_machine, FALSE);
        QThread::msleep(pollMs);
    }
    if (m_sentStatus < 0)
        return judged(ERR_TIMEOUT);
    return m_sentStatus == 0 ? PhoneAnswer() : judged(ERR_UNKNOWN);
}

void GammuPhone::submit(const PhoneOrder &order)
{
    PhoneAnswer answer = m_machine ? PhoneAnswer() : judged(ERR_NOTCONNECTED);
    QVector<int> references;
    for (const QByteArray &part : order.parts) {
        if (!answer.code.isEmpty() || m_isStopping)
            break;
        answer = sendPart(order.recipient, part);
        if (answer.code.isEmpty())
            references.append(m_reference);
    }
    if (answer.isLost)
        close();
    answer.number = order.number;
    answer.references = references;
    Q_EMIT submitted(answer);
}

void GammuPhone::ask()
{
    PhoneAnswer answer = m_machine ? PhoneAnswer() : connectPhone();
    QStringList found;
    if (answer.code.isEmpty()) {
        char text[GSM_MAX_MANUFACTURER_LENGTH + GSM_MAX_MODEL_LENGTH + 2] = "";
        answer = judged(GSM_GetManufacturer(m_machine, text));
        if (answer.code.isEmpty())
            found.append(QString::fromUtf8(text).left(40));
        if (answer.code.isEmpty() && GSM_GetModel(m_machine, text) == ERR_NONE)
            found.append(QString::fromUtf8(text).left(40));
    }
    GSM_SignalQuality signal = {};
    if (answer.code.isEmpty() && GSM_GetSignalQuality(m_machine, &signal) == ERR_NONE && signal.SignalPercent >= 0)
        found.append(QStringLiteral("%1 %").arg(signal.SignalPercent));
    GSM_NetworkInfo network = {};
    if (answer.code.isEmpty() && GSM_GetNetworkInfo(m_machine, &network) == ERR_NONE && network.NetworkCode[0])
        found.append(QString::fromLatin1(network.NetworkCode).left(10));
    if (answer.isLost)
        close();
    if (answer.code.isEmpty())
        answer.detail = found.join(QStringLiteral(", "));
    Q_EMIT asked(answer);
}

} // namespace reveille
