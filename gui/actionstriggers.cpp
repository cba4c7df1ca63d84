// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"

#include <QMenu>

namespace reveille {

/// The actions about pushes that are kept, copied and sent again; the others are in actions.cpp.

void Actions::makeTriggerActions()
{
    const auto id = [](const char *text) { return QString::fromLatin1(text); };
    pushes = make(id("pushes"), tr("&Pushes"), tr("Ctrl+Shift+A"), id("push"), tr("Every push of the server as a row, with its states moving"));
    exportPushes = make(id("exportPushes"), tr("Export pus&hes…"), {}, {}, tr("Write the pushes shown as CSV"));
    resendPush = make(id("resendPush"), tr("Send push a&gain…"), tr("Ctrl+Shift+S"), {}, tr("The chosen push once more, with the same content for the same target"));
    copyPushId = make(id("copyPushId"), tr("Copy push &identity"), {}, {}, tr("Copy the full identity of the chosen push"));
    reusePush = make(id("reusePush"), tr("Open push in the compo&ser"), tr("Ctrl+Shift+P"), {}, tr("Write the chosen push into the composer, to send it again or to change it"));
    copyPushLine = make(id("copyPushLine"), tr("Copy push as reveillectl &line"), {}, {}, tr("The chosen push, or the one in the composer, as a command for a shell"));
    copyPushCurl = make(id("copyPushCurl"), tr("Copy push as c&url line"), {}, {}, tr("The chosen push, or the one in the composer, as a curl command; without the token"));
    copyPushHttp = make(id("copyPushHttp"), tr("Copy push as &HTTP request"), tr("Ctrl+Shift+H"), {}, tr("The chosen push, or the one in the composer, as an HTTP request; without the token"));

    bulkSend = make(id("bulkSend"), tr("Send to &many…"), tr("Ctrl+Shift+M"), id("push"), tr("Send a push to everything selected, or to the rows of a CSV file"));
    waiting = make(id("waiting"), tr("Pushes that &wait"), tr("Ctrl+Shift+Q"), {}, tr("What waits for the selected device, in order of sending"));
    cancelWaiting = make(id("cancelWaiting"), tr("Cancel chosen &waiting pushes…"), {}, {}, tr("Cancel what is chosen among the pushes that wait; there also Delete"));

    triggers = make(id("triggers"), tr("Trigger li&brary"), tr("Ctrl+Shift+T"), id("push"), tr("Saved pushes, to be sent again"));
    saveTrigger = make(id("saveTrigger"), tr("Sa&ve as trigger…"), tr("Ctrl+S"), {}, tr("Keep what the composer holds in the trigger library"));
    sendTrigger = make(id("sendTrigger"), tr("Send &trigger"), tr("F6"), id("push"), tr("Send the trigger chosen in the library again; in the library also Ctrl+Enter"));
    sendTriggerAsking = make(id("sendTriggerAsking"), tr("Send trigger with &other values…"), tr("Shift+F6"), {}, tr("Ask for every variable of the chosen trigger, then send it"));
    openTrigger = make(id("openTrigger"), tr("O&pen in the composer"), {}, {}, tr("Write the chosen trigger into the composer; in the library also Enter"));
    newFolder = make(id("newFolder"), tr("New &folder"), {}, id("add"), tr("Make a folder in the trigger library"));
    renameTrigger = make(id("renameTrigger"), tr("Re&name trigger"), {}, {}, tr("Give the chosen trigger or folder another name; in the library also F2"));
    duplicateTrigger = make(id("duplicateTrigger"), tr("&Duplicate trigger"), {}, {}, tr("Make a copy of the chosen trigger or folder; in the library also Ctrl+D"));
    moveTrigger = make(id("moveTrigger"), tr("&Move trigger to a folder…"), {}, {}, tr("Put the chosen trigger or folder elsewhere; in the library also Alt and the arrows, or dragging"));
    removeTrigger = make(id("removeTrigger"), tr("D&elete trigger"), {}, {}, tr("Delete the chosen trigger or folder, which can be brought back; in the library also Delete"));
    restoreTrigger = make(id("restoreTrigger"), tr("&Bring back the deleted trigger"), {}, {}, tr("Bring back what was deleted last; in the library also Ctrl+Z"));
    importTriggers = make(id("importTriggers"), tr("&Import triggers…"), {}, {}, tr("Add the triggers of a file to the library"));
    exportTriggers = make(id("exportTriggers"), tr("E&xport all triggers…"), {}, {}, tr("Write the trigger library to a file, to share it"));
    exportTrigger = make(id("exportTrigger"), tr("Export &chosen trigger…"), {}, {}, tr("Write the chosen trigger or folder to a file, to share it"));
    for (QAction *sends : {sendTrigger, sendTriggerAsking})
        sends->setAutoRepeat(false); // a key that is held sends once
}

void Actions::fillTriggerMenu(QMenu *menu)
{
    menu->addActions({send, bulkSend, wake, repeat, repeatOver, cancel, waiting, cancelWaiting});
    menu->addSeparator();
    menu->addActions({triggers, saveTrigger, sendTrigger, sendTriggerAsking, openTrigger});
    QMenu *library = menu->addMenu(tr("Library"));
    library->addActions({newFolder, renameTrigger, duplicateTrigger, moveTrigger, removeTrigger, restoreTrigger});
    library->addSeparator();
    library->addActions({importTriggers, exportTriggers, exportTrigger});
    menu->addSeparator();
    menu->addActions({pushes, resendPush, reusePush, copyPushId, copyPushLine, copyPushCurl, copyPushHttp});
}

QVector<QAction *> Actions::pushActions() const
{
    return {inspect, resendPush, reusePush, send, cancel, waiting, copyPushId, copyPushLine, copyPushCurl, copyPushHttp, copyId};
}

QVector<QAction *> Actions::triggerActions() const
{
    return {sendTrigger, sendTriggerAsking, openTrigger, renameTrigger, duplicateTrigger, moveTrigger, newFolder, exportTrigger, removeTrigger};
}

void Actions::setTriggerState(bool serving, bool hasAny, bool hasTrigger, const QString &restorable)
{
    for (QAction *sends : {sendTrigger, sendTriggerAsking})
        sends->setEnabled(serving && hasTrigger);
    openTrigger->setEnabled(hasTrigger);
    for (QAction *needsOne : {renameTrigger, duplicateTrigger, moveTrigger, removeTrigger, exportTrigger})
        needsOne->setEnabled(hasAny);
    restoreTrigger->setEnabled(!restorable.isEmpty());
    restoreTrigger->setText(restorable.isEmpty() ? tr("&Bring back the deleted trigger") : tr("&Bring back %1").arg(QString(restorable).replace(u'&', QStringLiteral("&&"))));
}

} // namespace reveille
