// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/bytereader.h"
#include "wire/sir.h"

namespace reveille {

/// One walk over a SIR body that yields its value, its fields with their places, and where the authenticator
/// stands, so that decoding, explaining and verifying cannot disagree. Any thread, one at a time.
class SirReader {
public:
    /// `trace`, where given, receives the fields in wire order, at `depth` and deeper; offsets start at
    /// `origin`.
    explicit SirReader(QByteArrayView octets, QVector<DecodedField> *trace = nullptr, qsizetype origin = 0,
                       int depth = 0);

    Result<SessionRequest> read();

    /// Offset in the body of the authenticator's value; -1 where there is none. Valid after a successful
    /// read().
    qsizetype authenticatorOffset() const { return m_authenticatorOffset; }

private:
    bool readFields();
    bool readApplications(ByteReader list);
    bool readPoints(ByteReader list, QVector<ContactPoint> &points);
    bool readPoint(ByteReader &list, ContactPoint &point);
    bool readOptions(ByteReader list);
    bool readTags();
    bool readExtension();
    bool readRecord(quint8 tag, ByteReader value);
    bool readDevice(ByteReader value);
    bool readUser(ByteReader value);
    bool readApplicationName(ByteReader value);
    bool readTime(ByteReader value);

    bool number(quint32 &value);
    bool list(const char *name, std::optional<ByteReader> &part);
    bool fail(const char *code, qsizetype at);
    void note(const char *name, qsizetype from, qsizetype until, int nesting, const QString &value);

    ByteReader m_reader;
    QVector<DecodedField> *m_trace;
    qsizetype m_origin;
    int m_depth;
    qsizetype m_size;
    SessionRequest m_sir;
    Error m_error;
    quint32 m_seenTags = 0;
    qsizetype m_authenticatorOffset = -1;
};

/// A WSP value that names an application: a number in integer form or text.
QByteArray encodeApplicationNumber(quint32 number);
/// Integer in short (0x80|n) or long form (length octet 1..4, octets); nothing if it is neither or over 32
/// bits.
std::optional<quint32> readWspInteger(ByteReader &reader);

/// Tags of the extension records.
enum class SirTag : quint8 {
    Device = 1,
    User,
    Requests,
    ApplicationName,
    Gateway,
    TimeAndNonce,
    Authenticator
};

/// Version 2 records but the authenticator, in order of tag.
QByteArray encodeSirExtension(const SessionRequest &sir);

} // namespace reveille
