// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/plaintip.h"

#include <QTextDocument>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longest = 1000; ///< characters

} // namespace

QString plainTip(const QString &text)
{
    const QString shown = text.size() > longest ? text.left(longest) + u'…' : text;
    // What Qt would not take for markup stays as it is, so that nobody reads tags who asks the model.
    return Qt::mightBeRichText(shown) ? u"<p style='white-space:pre-wrap'>"_s + shown.toHtmlEscaped() + u"</p>"_s : shown;
}

} // namespace reveille
