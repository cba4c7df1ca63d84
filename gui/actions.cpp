// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"

#include "gui/theme.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

namespace reveille {

QAction *Actions::make(const QString &name, const QString &text, const QKeySequence &key, const QString &icon, const QString &tip)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(key);
    if (!icon.isEmpty())
        action->setIcon(theme::icon(icon));
    const QString shortcut = key.toString(QKeySequence::NativeText);
    action->setToolTip(shortcut.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, shortcut));
    action->setStatusTip(tip);
    m_window->addAction(action);
    m_all.append(action);
    return action;
}

Actions::Actions(QWidget *window) : QObject(window), m_window(window)
{
    const auto id = [](const char *text) { return QString::fromLatin1(text); };
    start = make(id("start"), tr("&Start serving"), tr("F9"), id("play"), tr("Start the push server"));
    stop = make(id("stop"), tr("S&top serving"), tr("Shift+F9"), id("stop"), tr("Stop the push server"));
    importSubscribers = make(id("importSubscribers"), tr("&Import subscribers…"), tr("Ctrl+Shift+I"), {}, tr("Make and change users and devices from a CSV file"));
    exportSubscribers = make(id("exportSubscribers"), tr("Export s&ubscribers…"), tr("Ctrl+Shift+E"), {}, tr("Write users and devices as CSV"));
    exportJournal = make(id("exportJournal"), tr("&Export journal rows…"), tr("Ctrl+E"), {}, tr("Write the journal rows shown as CSV"));
    quit = make(id("quit"), tr("&Quit"), QKeySequence::Quit, {}, tr("Stop the server and leave"));

    undo = make(id("undo"), tr("&Undo"), QKeySequence::Undo, {}, tr("Take back the last change of users and devices"));
    redo = make(id("redo"), tr("&Redo"), QKeySequence::Redo, {}, tr("Do again what was taken back"));
    undo->setEnabled(false);
    redo->setEnabled(false);
    copy = make(id("copyRows"), tr("&Copy journal rows"), tr("Ctrl+Shift+C"), {}, tr("Copy the selected journal rows as a table"));
    find = make(id("find"), tr("&Find subscriber"), QKeySequence::Find, {}, tr("Search every identifier"));
    clearSelection = make(id("clearSelection"), tr("Show e&verything"), tr("Esc"), {}, tr("Take the selection away; every region shows everything"));

    systemTheme = make(id("systemTheme"), tr("&System colours"), {}, {}, tr("Light or dark as the desktop is"));
    light = make(id("light"), tr("&Light"), {}, {}, tr("Light colours"));
    dark = make(id("dark"), tr("&Dark"), {}, {}, tr("Dark colours"));
    utc = make(id("utc"), tr("Times in &UTC"), tr("Ctrl+U"), {}, tr("Show and export times in UTC instead of the local zone"));
    larger = make(id("larger"), tr("&Larger text"), QKeySequence::ZoomIn, {}, tr("Larger, for a presentation"));
    smaller = make(id("smaller"), tr("S&maller text"), QKeySequence::ZoomOut, {}, tr("Smaller"));
    normalSize = make(id("normalSize"), tr("&Normal text"), tr("Ctrl+0"), {}, tr("Normal size"));
    follow = make(id("follow"), tr("&Follow the journal"), tr("Ctrl+L"), id("follow"), tr("Show new rows as they come"));
    lockLayout = make(id("lockLayout"), tr("Lock la&yout"), {}, {}, tr("Keep the regions where they are"));
    resetLayout = make(id("resetLayout"), tr("&Reset layout"), {}, {}, tr("Put every region back where it belongs"));
    systemLanguage = make(id("systemLanguage"), tr("&System language"), {}, {}, tr("Language of the desktop"));
    english = make(id("english"), QStringLiteral("&English"), {}, {}, QStringLiteral("English"));
    spanish = make(id("spanish"), QStringLiteral("E&spañol"), {}, {}, QStringLiteral("Español"));

    addUser = make(id("addUser"), tr("Add &user…"), tr("Ctrl+Shift+N"), id("user"), tr("Add a user"));
    addDevice = make(id("addDevice"), tr("Add &device…"), tr("Ctrl+Shift+D"), id("device"), tr("Provision a device of the selected user"));
    edit = make(id("edit"), tr("&Edit…"), tr("F2"), {}, tr("Change what is provisioned"));
    probe = make(id("probe"), tr("&Probe"), tr("Ctrl+P"), id("probe"), tr("Ask the device whether it is there"));
    deregister = make(id("deregister"), tr("De&register"), {}, {}, tr("Close its connections and forget its registration"));
    remove = make(id("remove"), tr("Re&move…"), QKeySequence::Delete, {}, tr("Remove the user or device for good"));
    copyId = make(id("copyId"), tr("Copy &identity"), tr("Ctrl+I"), {}, tr("Copy the full identifier"));
    copyVerdict = make(id("copyVerdict"), tr("Copy &verdict"), tr("Ctrl+Shift+V"), {}, tr("Copy the sentence that says how the device is"));

    lifelineTable = make(id("lifelineTable"), tr("Lifeline as &table"), tr("Ctrl+T"), {}, tr("Show the life of the device as a table instead of a strip"));
    copyLifeline = make(id("copyLifeline"), tr("Copy &lifeline"), {}, {}, tr("Copy what the lifeline shows as text"));

    networks = make(id("networks"), tr("Learned &networks"), tr("Ctrl+Shift+L"), {}, tr("How long each network keeps a quiet path open, and what clients there are told"));
    exportNetworks = make(id("exportNetworks"), tr("Export learned &networks…"), {}, {}, tr("Write the learned networks as CSV"));

    bearers = make(id("bearers"), tr("&Bearers"), tr("Ctrl+Shift+B"), {}, tr("Every way to wake: whether it works, whom it talks to, what it sent"));
    testBearer = make(id("testBearer"), tr("&Test the chosen bearer"), {}, {}, tr("Ask the carrier of the bearer whether it is there; nobody is woken"));

    faults = make(id("faults"), tr("Injected &faults"), tr("Ctrl+Shift+F"), id("fault"), tr("Faults put in the way on purpose: what each strikes, how often it did, when it ends"));
    injectFault = make(id("injectFault"), tr("Inject fa&ult…"), tr("Ctrl+Shift+J"), id("fault"), tr("Drop, delay, double or reject wake-ups and pushes, to see what comes of it"));
    endFaults = make(id("endFaults"), tr("E&nd all faults"), {}, {}, tr("End every injected fault; what they hold back goes on its way at once"));

    wakes = make(id("wakes"), tr("Wake-&ups"), tr("Ctrl+Shift+W"), {}, tr("Every wake-up as a row, with its states moving"));
    inspect = make(id("inspect"), tr("&Inspect in the journal"), tr("Ctrl+J"), {}, tr("Show the journal rows of what is chosen"));
    repeat = make(id("repeat"), tr("&Repeat the wake-up"), tr("Ctrl+R"), {}, tr("Start a new wake-up with the same order"));
    repeatOver = make(id("repeatOver"), tr("Repeat &over another bearer"), tr("Ctrl+Shift+R"), {}, tr("The same order over a bearer of your choice; a wake-up under way is moved there"));
    copyWakes = make(id("copyWakes"), tr("Copy wake-up ro&ws"), {}, {}, tr("Copy the selected wake-ups as a table"));

    send = make(id("send"), tr("&Send push"), tr("Ctrl+N"), id("push"), tr("Write a push for the selection"));
    wake = make(id("wake"), tr("&Wake…"), tr("Ctrl+W"), id("wake"), tr("Wake the selected devices by hand"));
    cancel = make(id("cancel"), tr("&Cancel push or wake-up"), tr("Ctrl+Backspace"), {}, tr("Cancel the selected push or wake-up"));

    makeTriggerActions();

    palette = make(id("palette"), tr("&Command palette"), tr("Ctrl+K"), {}, tr("Find any command by name"));
    makeScenarioActions();
    help = make(id("help"), tr("&Help"), QKeySequence::HelpContents, {}, tr("What the regions show, and the words used"));
    shortcuts = make(id("shortcuts"), tr("&Keyboard shortcuts"), tr("Ctrl+F1"), {}, tr("Every key there is"));
    about = make(id("about"), tr("&About Reveille"), {}, {}, tr("Version and licence"));

    for (QAction *toggled : {light, dark, systemTheme, utc, follow, lockLayout, lifelineTable, english, spanish, systemLanguage})
        toggled->setCheckable(true);
    follow->setChecked(true);
    auto *themes = new QActionGroup(this);
    for (QAction *choice : {systemTheme, light, dark})
        themes->addAction(choice);
    auto *languages = new QActionGroup(this);
    for (QAction *choice : {systemLanguage, english, spanish})
        languages->addAction(choice);
    repeatOver->setMenu(new QMenu(m_window)); // filled when it opens: bearers come and go
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

void Actions::fillMenus(QMenuBar *bar, const QVector<QAction *> &docks)
{
    QMenu *file = bar->addMenu(tr("&File"));
    file->addActions({start, stop});
    file->addSeparator();
    file->addActions({importSubscribers, exportSubscribers, exportJournal, exportPushes, exportNetworks});
    file->addSeparator();
    file->addAction(quit);
    bar->addMenu(tr("&Edit"))
        ->addActions({undo, redo, find, clearSelection, inspect, copy, copyWakes, copyId, copyVerdict});
    QMenu *view = bar->addMenu(tr("&View"));
    for (QAction *dock : docks)
        view->addAction(dock);
    view->addActions({follow});
    view->addSeparator();
    view->addMenu(tr("&Colours"))->addActions({systemTheme, light, dark});
    view->addMenu(tr("&Language"))->addActions({systemLanguage, english, spanish});
    view->addActions({utc, larger, smaller, normalSize});
    view->addSeparator();
    view->addActions({lockLayout, resetLayout});
    QMenu *device = bar->addMenu(tr("&Device"));
    device->addActions({addUser, addDevice});
    device->addSeparator();
    device->addActions({edit, probe, injectFault, deregister, remove});
    device->addSeparator();
    device->addActions({lifelineTable, copyLifeline});
    fillTriggerMenu(bar->addMenu(tr("&Trigger")));
    QMenu *tools = bar->addMenu(tr("T&ools"));
    tools->addActions({palette, pushes, wakes, bearers, testBearer, networks, faults, injectFault, endFaults});
    fillScenarioMenu(tools->addMenu(tr("&Scenarios")));
    tools->addAction(demo);
    bar->addMenu(tr("&Help"))->addActions({help, shortcuts, about});
}

void Actions::fillToolBar(QToolBar *bar)
{
    bar->addActions({send, wake, probe});
    bar->addSeparator();
}

QVector<QAction *> Actions::selectionActions() const
{
    return {inspect, edit, send, bulkSend, wake, probe, injectFault, copyId, copyVerdict, deregister, remove};
}

QVector<QAction *> Actions::wakeActions() const
{
    return {inspect, send, wake, repeat, repeatOver, cancel, copyWakes, copyId, copyVerdict, deregister};
}

void Actions::setWakeState(bool serving, bool hasWake, bool isOver)
{
    repeat->setEnabled(serving && hasWake && isOver);
    repeatOver->setEnabled(serving && hasWake);
    copyWakes->setEnabled(hasWake);
}

void Actions::setState(bool serving, bool canStart, bool hasUser, bool hasDevice, bool hasPush, bool hasWake)
{
    start->setEnabled(canStart);
    stop->setEnabled(serving);
    for (QAction *needsServer : {addUser, importSubscribers, exportSubscribers})
        needsServer->setEnabled(serving);
    addDevice->setEnabled(serving && hasUser);
    send->setEnabled(serving);
    bulkSend->setEnabled(serving);
    injectFault->setEnabled(serving);
    for (QAction *needsUser : {inspect, edit, wake, remove, copyId})
        needsUser->setEnabled(serving && hasUser);
    for (QAction *needsDevice : {waiting, cancelWaiting, probe, deregister, copyVerdict, lifelineTable, copyLifeline})
        needsDevice->setEnabled(serving && hasDevice);
    cancel->setEnabled(serving && (hasPush || hasWake));
    resendPush->setEnabled(serving && hasPush);
    copyPushId->setEnabled(hasPush);
}

} // namespace reveille
