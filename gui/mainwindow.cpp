// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/mainwindow.h"

#include "gui/actions.h"
#include "gui/banner.h"
#include "gui/bearerspage.h"
#include "gui/commandpalette.h"
#include "gui/composer.h"
#include "gui/demo/demo.h"
#include "gui/devicepage.h"
#include "gui/emptystate.h"
#include "gui/faultspage.h"
#include "gui/journalpanel.h"
#include "gui/networkspage.h"
#include "gui/pushespage.h"
#include "gui/selection.h"
#include "gui/subscriberpanel.h"
#include "gui/textdialogs.h"
#include "gui/theme.h"
#include "gui/triggerpanel.h"
#include "gui/userpage.h"
#include "gui/wakespanel.h"
#include "models/faultmodel.h"
#include "models/sentences.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace reveille {

namespace {

constexpr int layoutVersion = 3;
constexpr double smallestScale = 0.8, largestScale = 2.4;

} // namespace

MainWindow::MainWindow(GuiContext &context, Demo &demo, const ScenarioTools &tools, QWidget *parent)
    : QMainWindow(parent)
    , m_context(context)
    , m_tools(tools)
    , m_actions(new Actions(this))
    , m_serving(new QToolButton)
    , m_banner(new Banner)
    , m_pages(new QStackedWidget)
    , m_welcome(new EmptyState)
    , m_devicePage(new DevicePage(context))
    , m_userPage(new UserPage(context))
    , m_subscribers(new SubscriberPanel(context))
    , m_journal(new JournalPanel(context))
    , m_composer(new Composer(context))
    , m_pushes(new PushesPage(context))
    , m_networks(new NetworksPage(context))
    , m_bearers(new BearersPage(context))
    , m_faults(new FaultsPage(context))
    , m_wakes(new WakesPanel(context, *context.wakes, WakesPanel::Of::Everybody))
    , m_triggers(new TriggerPanel(context))
    , m_scenarios(new ScenarioPanel(context, tools))
    , m_counters(new QLabel)
    , m_store(new QLabel)
    , m_zone(new QLabel)
{
    setWindowTitle(tr("Reveille"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/reveille.svg")));
    setDockNestingEnabled(true);

    m_welcome->setTexts(tr("Nothing is selected"),
                        tr("Choose a user or a device on the left to see how it is, how we know, and the bytes."));
    connect(m_welcome->addAction(tr("Play the demo")), &QPushButton::clicked, m_actions->demo, &QAction::trigger);
    connect(m_welcome->addAction(tr("Add user…")), &QPushButton::clicked, m_actions->addUser, &QAction::trigger);
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_devicePage);
    m_pages->addWidget(m_userPage);
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);

    buildDocks();
    QVector<QAction *> toggles;
    for (const QDockWidget *dock : std::as_const(m_docks))
        toggles.append(dock->toggleViewAction());
    m_actions->fillMenus(menuBar(), toggles);
    auto *bar = addToolBar(tr("Tools"));
    bar->setObjectName(QStringLiteral("tools"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize({16, 16});
    m_serving->setPopupMode(QToolButton::InstantPopup);
    m_serving->setAccessibleName(tr("Server"));
    m_serving->setMenu(new QMenu(m_serving));
    bar->addWidget(m_serving);
    bar->addSeparator();
    m_actions->fillToolBar(bar);
    addScenarioButton(bar);
    buildFaultBar();

    m_counters->setMinimumWidth(1);
    statusBar()->addWidget(m_counters, 1);
    statusBar()->addPermanentWidget(m_store);
    statusBar()->addPermanentWidget(m_zone);
    connectActions();
    connectSelectionActions();
    connectWakeActions();
    connectTriggerActions();
    connectPushActions();
    connectFaultActions();
    connectHistory();
    connectScenarioActions();
    connect(context.host, &ServerHost::stateChanged, this, &MainWindow::showState);
    connect(context.host, &ServerHost::changed, this,
            [this](const ServerChanges &changes) { showCounters(changes.counters); });
    connect(context.selection, &Selection::changed, this, &MainWindow::followSelection);
    connect(context.subscribers, &SubscriberModel::deviceRemoved, this, [this](const DeviceId &id) {
        if (m_context.selection->device() == id)
            m_context.selection->selectUser(m_context.selection->user());
    });
    connect(context.subscribers, &SubscriberModel::userRemoved, this, [this](const PublicUserId &id) {
        if (m_context.selection->user() == id)
            m_context.selection->clear();
    });
    connect(&demo, &Demo::failed, this, [this](const Error &error) {
        m_banner->showMessage(tr("The demo could not start."), Sentences::error(error));
    });

    resize(1280, 800);
    restoreLayout();
    showState(context.host->state());
    showCounters({});
    followSelection();
}

MainWindow::~MainWindow()
{
    m_context.history = nullptr;
}

void MainWindow::buildDocks()
{
    const auto add = [this](const char *name, const QString &title, QWidget *widget, Qt::DockWidgetArea area) {
        auto *dock = new QDockWidget(title);
        dock->setObjectName(QString::fromLatin1(name));
        dock->setWidget(widget);
        dock->setAccessibleName(title);
        addDockWidget(area, dock);
        m_docks.append(dock);
        return dock;
    };
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea); // steps need height
    m_subscriberDock = add("subscribers", tr("Subscribers"), m_subscribers, Qt::LeftDockWidgetArea);
    m_journalDock = add("journal", tr("Journal"), m_journal, Qt::BottomDockWidgetArea);
    m_composerDock = add("composer", tr("Send push"), m_composer, Qt::BottomDockWidgetArea);
    m_scenarioDock = add("scenarios", tr("Scenarios"), m_scenarios, Qt::RightDockWidgetArea);
    m_pushesDock = add("pushes", tr("Pushes"), m_pushes, Qt::BottomDockWidgetArea);
    m_networksDock = add("networks", tr("Learned networks"), m_networks, Qt::BottomDockWidgetArea);
    m_bearersDock = add("bearers", tr("Bearers"), m_bearers, Qt::BottomDockWidgetArea);
    m_faultsDock = add("faults", tr("Injected faults"), m_faults, Qt::BottomDockWidgetArea);
    m_wakesDock = add("wakes", tr("Wake-ups"), m_wakes, Qt::BottomDockWidgetArea);
    m_triggersDock = add("triggers", tr("Trigger library"), m_triggers, Qt::BottomDockWidgetArea);
    for (QDockWidget *dock : {m_pushesDock, m_networksDock, m_bearersDock, m_faultsDock, m_wakesDock, m_triggersDock})
        dock->hide();
    m_composerDock->hide();
    m_scenarioDock->hide();
}

void MainWindow::connectActions()
{
    const Actions &a = *m_actions;
    connect(a.start, &QAction::triggered, this, &MainWindow::startWanted);
    connect(a.stop, &QAction::triggered, this, &MainWindow::stopWanted);
    connect(a.quit, &QAction::triggered, this, &QWidget::close);
    connect(a.exportJournal, &QAction::triggered, m_journal, &JournalPanel::exportCsv);
    connect(a.copy, &QAction::triggered, m_journal, &JournalPanel::copyRows);
    connect(a.find, &QAction::triggered, this, [this] {
        m_subscriberDock->show();
        m_subscriberDock->raise();
        m_subscribers->focusSearch();
    });
    connect(a.clearSelection, &QAction::triggered, m_context.selection, &Selection::clear);
    for (const auto &[action, name] : {std::pair(a.systemTheme, "system"), std::pair(a.light, "light"), std::pair(a.dark, "dark")})
        connect(action, &QAction::triggered, this, [this, name = name] { Q_EMIT themeChosen(QString::fromLatin1(name)); });
    for (const auto &[action, name] : {std::pair(a.systemLanguage, "system"), std::pair(a.english, "en"), std::pair(a.spanish, "es")})
        connect(action, &QAction::triggered, this, [this, name = name] { Q_EMIT languageChosen(QString::fromLatin1(name)); });
    connect(a.utc, &QAction::toggled, this, [this](bool utc) {
        m_context.settings->setValue(QStringLiteral("view/utc"), utc);
        m_context.times = TimeDisplay(utc ? TimeDisplay::Zone::Utc : TimeDisplay::Zone::Local);
        m_context.subscribers->setTimeDisplay(m_context.times);
        m_context.journal->setTimeDisplay(m_context.times);
        m_context.pushes->setTimeDisplay(m_context.times);
        m_pushes->setTimeDisplay();
        m_context.wakes->setTimeDisplay(m_context.times);
        m_context.networks->setTimeDisplay(m_context.times);
        m_context.bearers->setTimeDisplay(m_context.times);
        m_context.faults->setTimeDisplay(m_context.times);
        m_zone->setText(tr("times in %1").arg(m_context.times.zoneName()));
        followSelection();
    });
    m_zone->setText(tr("times in %1").arg(m_context.times.zoneName()));
    a.utc->setChecked(m_context.settings->value(QStringLiteral("view/utc"), false).toBool());
    m_scale = m_context.settings->value(QStringLiteral("view/scale"), 1.0).toDouble();
    connect(a.larger, &QAction::triggered, this, [this] { setScale(m_scale + 0.2); });
    connect(a.smaller, &QAction::triggered, this, [this] { setScale(m_scale - 0.2); });
    connect(a.normalSize, &QAction::triggered, this, [this] { setScale(1.0); });
    connect(a.follow, &QAction::toggled, m_journal, &JournalPanel::setFollowing);
    connect(m_context.journal, &JournalModel::statusChanged, this,
            [this] { m_actions->follow->setChecked(m_context.journal->isFollowing()); });
    connect(a.lockLayout, &QAction::toggled, this, &MainWindow::lockLayout);
    connect(a.resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
    connect(a.palette, &QAction::triggered, this, [this] {
        auto *palette = new CommandPalette(paletteActions(), this);
        palette->setAttribute(Qt::WA_DeleteOnClose);
        palette->show();
    });
    connect(a.help, &QAction::triggered, this, [this] { showHelp(this); });
    connect(a.shortcuts, &QAction::triggered, this, [this] { showShortcuts(this, m_actions->all()); });
    connect(a.about, &QAction::triggered, this, [this] { showAbout(this); });
    connect(m_subscribers, &SubscriberPanel::menuWanted, this, &MainWindow::openMenu);
    connect(m_subscribers, &SubscriberPanel::demoWanted, a.demo, &QAction::trigger);
    connect(m_subscribers, &SubscriberPanel::addUserWanted, a.addUser, &QAction::trigger);
    connect(m_devicePage, &DevicePage::sendWanted, a.send, &QAction::trigger);
    connect(m_devicePage, &DevicePage::wakeWanted, a.wake, &QAction::trigger);
    connect(m_devicePage, &DevicePage::editWanted, a.edit, &QAction::trigger);
    connect(m_userPage, &UserPage::sendWanted, a.send, &QAction::trigger);
    connect(m_userPage, &UserPage::editWanted, a.edit, &QAction::trigger);
    connect(m_userPage, &UserPage::addDeviceWanted, a.addDevice, &QAction::trigger);
}

void MainWindow::showState(ServerHost::State state)
{
    QString text;
    QMenu *menu = m_serving->menu();
    menu->clear();
    switch (state) {
    case ServerHost::State::Running: {
        m_banner->dismiss();
        const QMap<QString, QString> addresses = m_context.host->boundAddresses();
        const QString first = addresses.value(QStringLiteral("sip_udp"), addresses.isEmpty() ? QString() : addresses.first());
        text = (m_tools.loan.isLent() ? tr("● Scenario · %1") : tr("● Serving · %1")).arg(first.left(first.lastIndexOf(u':')));
        for (auto it = addresses.cbegin(); it != addresses.cend(); ++it) {
            const QString address = it.value();
            QAction *copy = menu->addAction(QStringLiteral("%1   %2").arg(it.key(), address));
            copy->setToolTip(tr("Copy this address"));
            connect(copy, &QAction::triggered, m_serving, [address] { QGuiApplication::clipboard()->setText(address); });
        }
        menu->addSeparator();
        menu->addAction(m_actions->stop);
        break;
    }
    case ServerHost::State::Starting:
        text = tr("◐ Starting…");
        break;
    case ServerHost::State::Stopping:
        text = tr("◐ Stopping…");
        break;
    case ServerHost::State::Failed:
        text = tr("✕ Not serving");
        menu->addAction(m_actions->start);
        showFailure();
        break;
    case ServerHost::State::Stopped:
        text = tr("○ Stopped");
        menu->addAction(m_actions->start);
        break;
    }
    m_serving->setText(text);
    m_serving->setToolTip(tr("Where the server listens; click an address to copy it"));
    updateActions();
}

void MainWindow::showFailure()
{
    const Error error = m_context.host->failure();
    const bool taken = error.is("listen-failed");
    m_banner->showMessage(tr("The server could not start: %1").arg(Sentences::error(error)),
                          taken ? tr("Another program listens there, perhaps another Reveille. End it and try again, or use any free port.")
                                : tr("Put that right and try again."));
    connect(m_banner->addAction(tr("Try again")), &QPushButton::clicked, this, &MainWindow::startWanted);
    if (taken)
        connect(m_banner->addAction(tr("Use any free port")), &QPushButton::clicked, this, &MainWindow::startOnFreePortsWanted);
}

void MainWindow::showCounters(const ServerCounters &c)
{
    const QStringList parts{tr("%Ln user(s)", nullptr, int(c.users)), tr("%Ln device(s)", nullptr, int(c.devices)),
                            tr("%L1 up").arg(c.up), tr("%L1 waking").arg(c.waking),
                            tr("%L1 lost").arg(c.lost + c.unreachable),
                            tr("%Ln push(es) pending", nullptr, int(c.pushesPending)), tr("%L1 delivered").arg(c.pushesDelivered)};
    m_counters->setText(parts.join(QStringLiteral(" · ")));
    const bool trouble = !c.store.trouble.isEmpty();
    m_store->setText(trouble ? Sentences::error({c.store.trouble.constData(), {}})
                             : tr("store %L1 ms").arg(c.store.lastCommit.count()));
    QPalette palette = statusBar()->palette();
    if (trouble)
        palette.setColor(QPalette::WindowText, theme::toneColor(theme::Tone::Bad, palette));
    m_store->setPalette(palette);
}

void MainWindow::followSelection()
{
    const Selection &selection = *m_context.selection;
    if (!selection.device().isEmpty()) {
        m_devicePage->showDevice(selection.device());
        m_pages->setCurrentWidget(m_devicePage);
    } else if (!selection.user().isEmpty()) {
        m_userPage->showUser(selection.user());
        m_pages->setCurrentWidget(m_userPage);
    } else {
        m_pages->setCurrentWidget(m_welcome);
    }
    updateActions();
}

void MainWindow::updateActions()
{
    const ServerHost::State state = m_context.host->state();
    const Selection &s = *m_context.selection;
    m_actions->setState(state == ServerHost::State::Running,
                        state == ServerHost::State::Stopped || state == ServerHost::State::Failed, !s.user().isEmpty(),
                        !s.device().isEmpty(), !s.push().isEmpty(), !s.wake().isEmpty());
    const WakeUp *wake = chosenWake();
    updateTriggerActions();
    m_actions->setWakeState(state == ServerHost::State::Running, wake != nullptr, wake && isTerminal(wake->state));
}

void MainWindow::setScale(double scale)
{
    m_scale = std::clamp(scale, smallestScale, largestScale);
    m_context.settings->setValue(QStringLiteral("view/scale"), m_scale);
    Q_EMIT scaleChosen(m_scale);
}

void MainWindow::restoreLayout()
{
    resetLayout();
    restoreGeometry(m_context.settings->value(QStringLiteral("window/geometry")).toByteArray());
    restoreState(m_context.settings->value(QStringLiteral("window/state")).toByteArray(), layoutVersion);
    updateFaultBar();
    m_actions->lockLayout->setChecked(m_context.settings->value(QStringLiteral("window/locked"), false).toBool());
}

void MainWindow::resetLayout()
{
    for (int i = 0; i < m_docks.size(); ++i) {
        m_docks[i]->setFloating(false);
        addDockWidget(m_docks[i] == m_subscriberDock ? Qt::LeftDockWidgetArea
                      : m_docks[i] == m_scenarioDock ? Qt::RightDockWidgetArea
                                                     : Qt::BottomDockWidgetArea,
                      m_docks[i]);
        m_docks[i]->setVisible(m_docks[i] == m_subscriberDock || m_docks[i] == m_journalDock);
    }
    for (QDockWidget *dock : {m_pushesDock, m_wakesDock, m_composerDock, m_triggersDock, m_bearersDock, m_networksDock, m_faultsDock})
        tabifyDockWidget(m_journalDock, dock);
    m_journalDock->raise();
    resizeDocks({m_subscriberDock}, {int(360 * m_scale)}, Qt::Horizontal);
    resizeDocks({m_journalDock}, {std::max(int(270 * m_scale), height() / 3)}, Qt::Vertical);
}

void MainWindow::lockLayout(bool locked)
{
    m_context.settings->setValue(QStringLiteral("window/locked"), locked);
    const QDockWidget::DockWidgetFeatures free =
        QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetFloatable;
    for (QDockWidget *dock : std::as_const(m_docks))
        dock->setFeatures(locked ? QDockWidget::NoDockWidgetFeatures : free);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_context.settings->setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_context.settings->setValue(QStringLiteral("window/state"), saveState(layoutVersion));
    event->accept();
}

} // namespace reveille
