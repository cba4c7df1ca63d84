// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/initiator.h"

#include <algorithm>

namespace reveille {

namespace {

/// Each * for any characters, the rest as it stands, without regard to case. Linear in the text for each part.
bool fits(QStringView text, QStringView pattern)
{
    const qsizetype star = pattern.indexOf(u'*');
    if (star < 0)
        return text.compare(pattern, Qt::CaseInsensitive) == 0;
    if (!text.startsWith(pattern.first(star), Qt::CaseInsensitive))
        return false;
    text = text.sliced(star);
    pattern = pattern.sliced(star + 1);
    for (qsizetype next = pattern.indexOf(u'*'); next >= 0; next = pattern.indexOf(u'*')) {
        const qsizetype found = text.indexOf(pattern.first(next), 0, Qt::CaseInsensitive);
        if (found < 0)
            return false;
        text = text.sliced(found + next);
        pattern = pattern.sliced(next + 1);
    }
    return text.endsWith(pattern, Qt::CaseInsensitive);
}

bool isPattern(const QString &pattern)
{
    const bool scheme = pattern.startsWith(u"sip:") || pattern.startsWith(u"sips:") || pattern.startsWith(u"tel:")
        || pattern == u"*";
    return scheme && pattern.size() <= InitiatorRights::longestTarget
        && std::all_of(pattern.begin(), pattern.end(), [](QChar c) { return c.isPrint() && !c.isSpace(); });
}

} // namespace

bool InitiatorRights::mayAddress(const PublicUserId &user) const
{
    if (targets.isEmpty())
        return true;
    const QString text = user.toString();
    return std::any_of(targets.begin(), targets.end(), [&](const QString &pattern) { return fits(text, pattern); });
}

QStringList InitiatorRights::contentNames() const
{
    QStringList names;
    for (int i = 0; i < contentClasses; ++i) {
        if (maySend(ContentClass(i)))
            names.append(QString::fromLatin1(toText(ContentClass(i))));
    }
    return names;
}

Result<Done> checkRights(const InitiatorRights &rights)
{
    if (rights.targets.size() > InitiatorRights::mostTargets)
        return Error{"initiator-targets-too-many", QString::number(InitiatorRights::mostTargets)};
    for (const QString &pattern : rights.targets) {
        if (!isPattern(pattern))
            return Error{"initiator-target", pattern.left(100)};
    }
    const bool inBounds = rights.pushesPerSecond >= 0 && rights.pushesPerSecond <= InitiatorRights::mostPerSecond
        && rights.pushesPerDay >= 0 && rights.pushesPerDay <= InitiatorRights::mostPerDay;
    return inBounds ? Result<Done>(Done{}) : Result<Done>(Error{"initiator-limit", {}});
}

} // namespace reveille
