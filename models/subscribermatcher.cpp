// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscribermatcher.h"

#include "models/subscribernodes.h"

#include <string_view>

namespace reveille {

namespace {

std::string_view plain(QByteArrayView text)
{
    return {text.data(), std::size_t(text.size())};
}

bool holds(QByteArrayView text, const QByteArray &needle)
{
    return plain(text).find(plain(needle)) != std::string_view::npos;
}

bool fits(QByteArrayView identifier, const SubscriberFilter::Word &word)
{
    return word.exact ? identifier == QByteArrayView(word.needle) : holds(identifier, word.needle);
}

QByteArrayView identifier(QByteArrayView text, int which)
{
    for (; which > 0 && !text.isEmpty(); --which)
        text = text.sliced(text.indexOf('\0') + 1);
    return text.isEmpty() ? text : text.first(text.indexOf('\0'));
}

bool numberFits(QByteArrayView number, const SubscriberFilter::Word &word)
{
    if (word.digits.isEmpty())
        return false;
    return word.exact ? number == QByteArrayView(word.digits) : holds(number, word.digits);
}

/// Any of the identifiers from `first` on fits.
bool anyFits(QByteArrayView text, const SubscriberFilter::Word &word)
{
    if (!word.exact)
        return holds(text, word.needle);
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\0');
        if (fits(text.first(end), word))
            return true;
        text = text.sliced(end + 1);
    }
    return false;
}

bool deviceFits(QByteArrayView text, const SubscriberFilter::Word &word)
{
    using Field = SubscriberFilter::Field;
    switch (word.field) {
    case Field::Any:
        return anyFits(text, word) || numberFits(identifier(text, DeviceRecord::Number), word);
    case Field::User:
        return false;
    case Field::Device:
        return fits(identifier(text, DeviceRecord::Id), word) || fits(identifier(text, DeviceRecord::Name), word)
            || fits(identifier(text, DeviceRecord::Gruu), word);
    case Field::Number:
        return numberFits(identifier(text, DeviceRecord::Number), word);
    case Field::Address:
        for (int skip = DeviceRecord::FirstConnection; skip > 0; --skip)
            text = text.sliced(text.indexOf('\0') + 1);
        return anyFits(text, word);
    }
    return false;
}

} // namespace

/// In lower case; identifiers are ASCII nearly always, so that the slow way is seldom gone. Zero octets stay.
QByteArrayView SubscriberMatcher::folded(QByteArrayView text)
{
    if (m_buffer.size() < text.size())
        m_buffer.resize(text.size());
    char *out = m_buffer.data();
    char all = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        all = char(all | c);
        out[i] = char(c + ((c >= 'A' && c <= 'Z') ? 'a' - 'A' : 0));
    }
    if ((all & char(0x80)) == 0)
        return QByteArrayView(out, text.size());
    m_buffer = QString::fromUtf8(text).toCaseFolded().toUtf8();
    return m_buffer;
}

quint32 SubscriberMatcher::wordsOf(const UserNode &user)
{
    quint32 found = 0;
    const auto look = [&](QByteArrayView text) {
        for (int i = 0; i < m_filter.words().size(); ++i) {
            const SubscriberFilter::Word &word = m_filter.words()[i];
            const bool mayBeUser =
                word.field == SubscriberFilter::Field::Any || word.field == SubscriberFilter::Field::User;
            if (mayBeUser && fits(text, word))
                found |= 1u << i;
        }
    };
    look(folded(user.id));
    if (!user.name.isEmpty())
        look(folded(user.name));
    return found;
}

quint32 SubscriberMatcher::wordsOf(const DeviceNode &device, quint32 wanted)
{
    const QByteArrayView text = folded(device.record.text());
    quint32 found = 0;
    for (int i = 0; i < m_filter.words().size(); ++i) {
        if ((wanted & (1u << i)) && deviceFits(text, m_filter.words()[i]))
            found |= 1u << i;
    }
    return found;
}

bool SubscriberMatcher::match(const UserNode &user, std::vector<DeviceNode *> *devices, int *count)
{
    if (devices)
        devices->clear();
    *count = 0;
    const quint32 all = (1u << m_filter.words().size()) - 1;
    const quint32 missing = all & ~(all == 0 ? 0 : wordsOf(user));
    for (const auto &device : user.devices) {
        const DeviceRecord &record = device->record;
        const Liveness &liveness = record.liveness();
        if (!m_filter.takes(record.wasRegistered(), liveness.state(), liveness.reason(), record.pending()))
            continue;
        if (missing != 0 && wordsOf(*device, missing) != missing)
            continue;
        ++*count;
        if (devices)
            devices->push_back(device.get());
    }
    return *count > 0 || (missing == 0 && !m_filter.asksForState());
}

} // namespace reveille
