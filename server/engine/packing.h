// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <cstring>
#include <vector>

namespace reveille {

/// Texts that many records have in common, each kept once and named by a number. It never forgets, so a text keeps its
/// number; once it is full, new texts are simply not shared. One thread at a time.
class SharedTexts
{
public:
    static constexpr qsizetype limit = 4096;

    /// Its number, -1 where it is not shared and cannot be any more.
    int add(const QByteArray &text);
    int find(const QByteArray &text) const { return m_numbers.value(text, -1); }
    const QByteArray &at(int number) const { return m_texts[size_t(number)]; }

private:
    QHash<QByteArray, int> m_numbers;
    std::vector<QByteArray> m_texts;
};

/// Writes values one behind the other, each in as few bytes as it needs. Equal values give equal bytes as long as the
/// shared texts are the same, so packed keys can be compared as they are. One thread at a time.
class Packer
{
public:
    /// `mayAdd`: texts new to `shared` are put into it; false for looking something up.
    Packer(SharedTexts &shared, bool mayAdd) : m_shared(shared), m_mayAdd(mayAdd) {}

    void byte(quint8 value) { m_bytes.append(char(value)); }
    void number(quint64 value);             ///< 7 bits a byte
    void time(qint64 ms);                   ///< 6 bytes, for 0 to the year 10889
    void raw(const char *data, qsizetype size) { m_bytes.append(data, size); }
    /// UUIDs and hexadecimal texts in half their length, others as UTF-8.
    void text(QStringView text);
    /// The same for one that many have in common.
    void sharedText(const QByteArray &utf8);
    void sharedText(const QString &text) { sharedText(text.toUtf8()); }
    /// "192.0.2.7:5683"; a mark where it equals `same`.
    void endpoint(const QString &text, const QString &same = {});

    QByteArray &bytes() { return m_bytes; }

private:
    SharedTexts &m_shared;
    bool m_mayAdd;
    QByteArray m_bytes;
};

/// Reads what Packer wrote. Trusts it: records never leave the memory of the server. Any thread.
class Unpacker
{
public:
    Unpacker(const SharedTexts &shared, const char *at) : m_shared(shared), m_at(at) {}

    quint8 byte() { return quint8(*m_at++); }
    quint64 number();
    qint64 time();
    QByteArray raw(qsizetype size)
    {
        m_at += size;
        return QByteArray(m_at - size, size);
    }
    QString text() { return QString::fromUtf8(textBytes()); }
    QByteArray textBytes();
    QString endpoint(const QString &same = {});
    void skipText();
    void skipEndpoint();
    void skip(qsizetype size) { m_at += size; }
    const char *at() const { return m_at; }

private:
    const SharedTexts &m_shared;
    const char *m_at;
};

} // namespace reveille
