// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "wire/sir.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QVector>

#include <optional>

namespace reveille {

/// A header of a push PDU, decoded: well-known code or token, value as text and as octets.
struct WspHeader {
    quint8 code = 0;  ///< without bit 7, of code page 1; 0 and `name` for a token
    QString name;     ///< token, or the name of the code where known
    QByteArray value; ///< encoded value octets as they stand
    QString text;     ///< readable: number, text, date
    friend bool operator==(const WspHeader &, const WspHeader &) = default;
};

/// WSP connectionless push (WAP-230 section 8.2.4, wire-facts section 2). Any thread.
struct WspPush {
    quint8 transactionId = 0;
    QString contentType = QStringLiteral("application/vnd.wap.sia");
    /// In order; untyped text parameters and charset.
    QVector<std::pair<QString, QString>> contentTypeParameters;
    std::optional<quint32> applicationId; ///< X-Wap-Application-Id as a number
    QString applicationUri;               ///< or as URI
    std::optional<quint8> pushFlag;
    QVector<WspHeader> otherHeaders; ///< everything else; well-known ones are kept as they stand
    QByteArray data;
    friend bool operator==(const WspPush &, const WspPush &) = default;

    /// The value of a header written as a token ("X-Reveille-Device"), empty if there is none. Names compare
    /// without case.
    QString header(QLatin1StringView name) const;
    void addHeader(const QString &name, const QString &value);
    /// The value of a content type parameter, empty if there is none. Names compare without case.
    QString contentTypeParameter(QLatin1StringView name) const;
};

/// Requirement S8: the canonical device identity as the header `X-Reveille-Device`, and as the parameter
/// `device` of the content type. Reading answers an empty identity where there is none or it is no identity.
constexpr QLatin1StringView deviceHeaderName("X-Reveille-Device");
constexpr QLatin1StringView deviceParameterName("device");
void setDeviceHeader(WspPush &push, const DeviceId &device);
void setDeviceParameter(WspPush &push, const DeviceId &device);
DeviceId deviceInHeader(const WspPush &push);
DeviceId deviceInParameter(const WspPush &push);

/// One datagram. Header names and parameter names that are no token are left out. Registered content types
/// and application URIs go out as numbers (mandatory, wire-facts 2.3).
QByteArray encodeWspPush(const WspPush &push);
/// Errors: wsp-empty, wsp-not-push (about = PDU type), wsp-truncated, wsp-uintvar, wsp-header,
/// wsp-content-type.
Result<WspPush> decodeWspPush(QByteArrayView octets);
/// Fields with their places; a SIR body is explained to its last field. Names: transaction_id, pdu_type,
/// headers_length, content_type, code_page, header_of_other_page, data, error; headers and parameters by
/// their own names ("X-Wap-Application-Id", "charset"); SIR fields as in explainSir.
QVector<DecodedField> explainWspPush(QByteArrayView octets);

} // namespace reveille
