// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/wsp.h"
#include "wire/wspvalue.h"

namespace reveille {

/// One walk over a WSP push datagram that yields its value and its fields with their places. Any thread, one
/// at a time.
class WspReader {
public:
    explicit WspReader(QByteArrayView octets, QVector<DecodedField> *trace = nullptr);

    Result<WspPush> read();

private:
    bool readPdu();
    bool readContentType(ByteReader &headers);
    bool readMediaType(ByteReader &part);
    bool readParameter(ByteReader &part);
    bool readHeaders(ByteReader &headers);
    bool readPage(ByteReader &headers, bool &shifted);
    void takeKnown(quint8 code, const WspValue &value);
    void takeToken(const QString &name, const WspValue &value);
    void explainData();

    bool fail(const char *code, const QString &about);
    bool fail(const char *code, const ByteReader &at);
    void note(const QString &name, qsizetype from, qsizetype until, int depth, const QString &value);

    ByteReader m_reader;
    QVector<DecodedField> *m_trace;
    WspPush m_push;
    Error m_error;
    quint8 m_page = 1;
};

} // namespace reveille
