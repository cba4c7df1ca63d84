// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/cpim.h"

namespace reveille {

namespace {

constexpr QByteArrayView imdnSpace = "urn:ietf:params:imdn";

/// "Name <uri>" or a bare URI.
QByteArray uriOf(QByteArrayView value)
{
    const qsizetype open = value.indexOf('<'), close = value.lastIndexOf('>');
    return (open >= 0 && close > open ? value.sliced(open + 1, close - open - 1) : value).trimmed().toByteArray();
}

class CpimReader
{
public:
    explicit CpimReader(QByteArrayView octets)
        : m_octets(octets)
    {
    }

    Result<Cpim> read()
    {
        const bool isRead = readHead(&CpimReader::takeMessageHeader) && readHead(&CpimReader::takeContentHeader);
        if (!isRead)
            return Error{"cpim-head", {}};
        if (m_cpim.contentType.isEmpty())
            return Error{"cpim-content", {}};
        m_cpim.body = m_octets.sliced(m_at).toByteArray();
        return m_cpim;
    }

private:
    using Take = void (CpimReader::*)(QByteArrayView name, QByteArrayView value);

    /// Lines until an empty one. Ends of line as in Internet messages; a bare line feed will do as well.
    bool readHead(Take take)
    {
        for (;;) {
            const qsizetype end = m_octets.indexOf('\n', m_at);
            if (end < 0 || end >= Cpim::longestHead)
                return false;
            const QByteArrayView line = m_octets.sliced(m_at, end - m_at).trimmed();
            m_at = end + 1;
            if (line.isEmpty())
                return true;
            const qsizetype colon = line.indexOf(':');
            if (colon <= 0 || ++m_headers > Cpim::mostHeaders)
                return false;
            (this->*take)(line.first(colon).trimmed(), line.sliced(colon + 1).trimmed());
        }
    }

    void takeMessageHeader(QByteArrayView name, QByteArrayView value)
    {
        if (name == "NS" && uriOf(value) == imdnSpace)
            m_prefix = value.first(value.indexOf('<')).trimmed().toByteArray() + '.';
        else if (name == "From")
            m_cpim.from = uriOf(value);
        else if (name == "To")
            m_cpim.to = uriOf(value);
        else if (name == "DateTime")
            m_cpim.dateTime = value.toByteArray();
        else if (name.startsWith(m_prefix) && name.sliced(m_prefix.size()) == "Message-ID")
            m_cpim.messageId = value.toByteArray();
        else if (name.startsWith(m_prefix) && name.sliced(m_prefix.size()) == "Disposition-Notification")
            m_cpim.dispositions = value.toByteArray();
    }

    void takeContentHeader(QByteArrayView name, QByteArrayView value)
    {
        if (name.compare("Content-Type", Qt::CaseInsensitive) == 0)
            m_cpim.contentType = value.toByteArray();
        else if (name.compare("Content-Encoding", Qt::CaseInsensitive) == 0)
            m_cpim.contentEncoding = value.toByteArray();
        else if (name.compare("Content-Disposition", Qt::CaseInsensitive) == 0)
            m_cpim.contentDisposition = value.toByteArray();
    }

    QByteArrayView m_octets;
    qsizetype m_at = 0;
    int m_headers = 0;
    QByteArray m_prefix{"imdn."};
    Cpim m_cpim;
};

void add(QByteArray &out, const char *name, const QByteArray &value)
{
    QByteArray line = value;
    line.replace('\r', ' ').replace('\n', ' '); // no value starts a header of its own
    if (!value.isEmpty())
        out.append(name).append(": ").append(line).append("\r\n");
}

} // namespace

Result<Cpim> Cpim::parse(QByteArrayView octets)
{
    return CpimReader(octets).read();
}

QByteArray Cpim::toBytes() const
{
    QByteArray out;
    add(out, "From", '<' + from + '>');
    add(out, "To", '<' + to + '>');
    add(out, "DateTime", dateTime);
    if (!messageId.isEmpty() || !dispositions.isEmpty())
        add(out, "NS", "imdn <" + imdnSpace.toByteArray() + '>');
    add(out, "imdn.Message-ID", messageId);
    add(out, "imdn.Disposition-Notification", dispositions);
    out.append("\r\n");
    add(out, "Content-Type", contentType);
    add(out, "Content-Encoding", contentEncoding);
    add(out, "Content-Disposition", contentDisposition);
    add(out, "Content-Length", QByteArray::number(body.size()));
    out.append("\r\n").append(body);
    return out;
}

} // namespace reveille
