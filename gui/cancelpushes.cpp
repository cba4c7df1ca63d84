// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/cancelpushes.h"

#include "gui/confirmation.h"
#include "models/sentences.h"

#include <algorithm>
#include <memory>

namespace reveille {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(reveille::CancelPushes)
};

struct Outcome {
    int cancelled = 0, failed = 0, open = 0;
    Error error;

    QString sentence() const
    {
        QStringList parts;
        if (cancelled > 0)
            parts.append(Words::tr("%Ln push(es) cancelled.", nullptr, cancelled));
        if (failed > 0)
            parts.append(Words::tr("%Ln could not be cancelled: %1", nullptr, failed).arg(Sentences::error(error)));
        return parts.join(u' ');
    }
};

} // namespace

bool confirmCancel(QWidget *parent, QSettings &settings, const QVector<ListedPush> &pushes)
{
    if (pushes.isEmpty())
        return false;
    const bool others = std::any_of(pushes.begin(), pushes.end(), [](const ListedPush &item) { return item.push.deliveries.size() > 1; });
    const QString consequence = others ? Words::tr("A push is cancelled for every device it is still to reach, not for this one only. Its initiator is told.")
                                       : Words::tr("The device does not get it when it is back. Its initiator is told.");
    const ListedPush &first = pushes.first();
    // The one is named: what waits may have moved on while one looked.
    const QString question = pushes.size() == 1 ? Words::tr("Cancel the push %1 (%2, %Ln octet(s))?", nullptr, int(first.octets))
                                                      .arg(first.push.id.text(), first.push.request.contentType)
                                                : Words::tr("Cancel %Ln waiting push(es)?", nullptr, int(pushes.size()));
    return confirm(parent, settings, QStringLiteral("cancelWaiting"), question, consequence,
                   pushes.size() == 1 ? Words::tr("Cancel the push") : Words::tr("Cancel the pushes"),
                   pushes.size() == 1 ? Words::tr("Keep it") : Words::tr("Keep them"));
}

void cancelPushes(QObject *context, ServerHost &host, const QVector<PushId> &pushes, std::function<void(const QString &)> told)
{
    const auto outcome = std::make_shared<Outcome>();
    outcome->open = int(pushes.size());
    for (const PushId &id : pushes) {
        host.cancelPush(id).then(context, [outcome, told](const Result<Done> &done) {
            if (done) {
                ++outcome->cancelled;
            } else {
                ++outcome->failed;
                outcome->error = done.error();
            }
            if (--outcome->open == 0)
                told(outcome->sentence());
        });
    }
}

} // namespace reveille
