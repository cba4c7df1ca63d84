// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/textdialogs.h"

#include "gui/theme.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace reveille {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("reveille::Help", source);
}

void showPage(QWidget *parent, const QString &title, const QString &html, QSize size)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto *browser = new QTextBrowser;
    browser->setAccessibleName(title);
    browser->setFrameShape(QFrame::NoFrame);
    browser->setHtml(html);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(browser);
    layout->addWidget(buttons);
    dialog->resize(size);
    dialog->show();
}

} // namespace

void showHelp(QWidget *parent)
{
    const std::pair<QString, QString> words[] = {
        {text(QT_TRANSLATE_NOOP("reveille::Help", "Public user ID")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "The address people know: sip:alice@lab.example or tel:+49…"))},
        {text(QT_TRANSLATE_NOOP("reveille::Help", "Device identity")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "What tells one device of a user from another: a UUID, an IMEI, a MAC address …"))},
        {text(QT_TRANSLATE_NOOP("reveille::Help", "Pinhole")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "A temporary opening in a firewall or NAT for return traffic. It closes when nothing is sent."))},
        {text(QT_TRANSLATE_NOOP("reveille::Help", "SIR")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "Session Initiation Request: asks a device, over another bearer, to connect to the server."))},
        {text(QT_TRANSLATE_NOOP("reveille::Help", "Bearer")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "A way to reach a terminal out of band, such as a WSP push in a UDP datagram."))},
        {text(QT_TRANSLATE_NOOP("reveille::Help", "Keep-alive")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "A small packet a device sends so that its pinhole stays open. How often it is told, the server learns for each network."))},
        {text(QT_TRANSLATE_NOOP("reveille::Help", "Lifeline")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "The life of a device on a time axis: the higher the band, the better it could be reached; ticks are packets, marks are what happened. Hover for the facts, click for the journal of that moment, and press ? beside it for the legend."))},
        {text(QT_TRANSLATE_NOOP("reveille::Help", "Variable")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "{{name}} in a push; something else stands in its place when it is sent. {{user}}, {{device}}, {{number}}, {{time}}, {{counter}} and {{uuid}} fill themselves in."))},
        {text(QT_TRANSLATE_NOOP("reveille::Help", "Learned network")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "Addresses behind the same firewalls, and how long these keep a quiet path open, found out with test paths that cost no live path anything."))},
        {text(QT_TRANSLATE_NOOP("reveille::Help", "Injected fault")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "Wake-ups or pushes dropped, delayed, doubled or rejected on purpose (Ctrl+Shift+J), to see what comes of it. The window is red across while one is in force."))},
        {text(QT_TRANSLATE_NOOP("reveille::Help", "Proof")),
         text(QT_TRANSLATE_NOOP("reveille::Help", "The device answered something we sent. A packet alone proves only the way in."))},
    };
    QString html = QStringLiteral("<h2>%1</h2><p>%2</p><p>%3</p><p>%4</p><h3>%5</h3><dl>")
                       .arg(text(QT_TRANSLATE_NOOP("reveille::Help", "What you see")),
                            text(QT_TRANSLATE_NOOP("reveille::Help", "Left, the subscribers: users, their devices, and the connections of each. Choose one, and every region follows. Below, the journal: open a row to see its fields beside its bytes.")),
                            text(QT_TRANSLATE_NOOP("reveille::Help", "A device page answers three questions in this order: what is the state, how do we know, and what were the bytes. Its lifeline shows how that came about: wheel and + − zoom, dragging moves, Ctrl+T makes a table of it. Ctrl+Shift+L shows what was learned of each network.")),
                            text(QT_TRANSLATE_NOOP("reveille::Help", "Send a push with Ctrl+N and Ctrl+Enter; wake the selected devices with Ctrl+W. Ctrl+S keeps a push in the trigger library, F6 sends it again, Ctrl+Shift+M sends to many. Ctrl+Shift+A shows every push and Ctrl+Shift+W every wake-up with its states moving, Ctrl+Shift+B the bearers and how they are. Ctrl+K finds every command.")),
                            text(QT_TRANSLATE_NOOP("reveille::Help", "Words")));
    for (const auto &[word, meaning] : words)
        html += QStringLiteral("<dt><b>%1</b></dt><dd>%2</dd>").arg(word.toHtmlEscaped(), meaning.toHtmlEscaped());
    showPage(parent, text(QT_TRANSLATE_NOOP("reveille::Help", "Help")), html + QStringLiteral("</dl>"), {620, 560});
}

void showShortcuts(QWidget *parent, const QVector<QAction *> &actions)
{
    QString html = QStringLiteral("<table cellpadding='4'>");
    for (const QAction *action : actions) {
        if (action->shortcut().isEmpty())
            continue;
        html += QStringLiteral("<tr><td><b>%1</b></td><td>%2</td><td>%3</td></tr>")
                    .arg(action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped(),
                         action->text().remove(u'&').toHtmlEscaped(), action->statusTip().toHtmlEscaped());
    }
    html += QStringLiteral("<tr><td><b>Ctrl+Return</b></td><td>%1</td><td></td></tr></table>")
                .arg(text(QT_TRANSLATE_NOOP("reveille::Help", "Send what the composer holds")));
    showPage(parent, text(QT_TRANSLATE_NOOP("reveille::Help", "Keyboard shortcuts")), html, {640, 600});
}

void showAbout(QWidget *parent)
{
    const QString html =
        QStringLiteral("<h2>Reveille %1</h2><p>%2</p><p>%3</p>")
            .arg(QCoreApplication::applicationVersion(),
                 text(QT_TRANSLATE_NOOP("reveille::Help", "A push server that gets a message to a device even when the device has gone quiet, and the console in which people see it happen.")),
                 text(QT_TRANSLATE_NOOP("reveille::Help", "Free software under the GNU General Public License, version 3 or later.")));
    showPage(parent, text(QT_TRANSLATE_NOOP("reveille::Help", "About Reveille")), html, {460, 260});
}

} // namespace reveille
