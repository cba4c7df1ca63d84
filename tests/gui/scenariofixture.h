// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/guifixture.h"
#include "gui/scenario/scenariopanel.h"

#include <QFile>

#include <memory>

namespace reveille::test {

/// A scenario panel over the server of a window, which serves Alice and one device of hers at home.
struct ScenarioFixture : private QTemporaryDir {
    ServerLoan loan;
    GuiFixture gui;
    std::unique_ptr<ScenarioShelf> shelf;
    std::unique_ptr<ScenarioPlayer> player;
    std::unique_ptr<ScenarioPanel> panel;

    /// `isDemo`: the panel does not ask before it puts the server aside.
    explicit ScenarioFixture(bool isDemo = true)
    {
        loan.attach(gui.host);
        shelf = std::make_unique<ScenarioShelf>(gui.settings);
        player = std::make_unique<ScenarioPlayer>(loan);
        player->setPace(Milliseconds(0));
        panel = std::make_unique<ScenarioPanel>(gui.context, ScenarioTools{loan, *shelf, *player, isDemo});
        QObject::connect(&loan, &ServerLoan::homeWanted, &gui.host,
                         [this] { gui.host.start(GuiFixture::quickConfig(), gui.folder.path()); });
        QObject::connect(&gui.host, &ServerHost::stateChanged, &gui.subscribers, [this](ServerHost::State state) {
            if (state == ServerHost::State::Stopped)
                gui.subscribers.clear();
        });
    }
    ~ScenarioFixture()
    {
        panel.reset();
        player.reset();
    }

    bool startHome()
    {
        return gui.start(GuiFixture::quickConfig()) && gui.provision({GuiFixture::device(QStringLiteral("phone"), 1, 0)});
    }
    bool knowsHome() const { return gui.subscribers.indexOf(GuiFixture::device({}, 1, 0).id).isValid(); }
    bool isOver() const { return player->state() == ScenarioPlayer::State::Over; }
    bool isIdle() const { return player->state() == ScenarioPlayer::State::Idle; }

    QString file(const QString &name) const { return filePath(name); }
    QString write(const QString &name, const QByteArray &octets) const
    {
        QFile file(filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(octets) == octets.size() ? filePath(name) : QString();
    }
    /// A device registers; then its last step expects `last`.
    static QByteArray story(const QByteArray &last)
    {
        return "title: {en: A phone comes, es: Llega un teléfono}\n"
               "about: Told by a test.\n"
               "users:\n  carol: {id: \"sip:carol@lab.example\", name: Carol, password: secret}\n"
               "devices:\n  phone: {user: carol}\n"
               "within: 5s\n"
               "steps:\n"
               "  - title: It registers\n    do:\n      - start: phone\n"
               "    expect:\n      - event: registered\n        by: phone\n"
               "  - title: It is there\n    expect:\n"
               + last;
    }
    static QByteArray goodStory() { return story("      - {device: phone, state: up, connections: 1}\n"); }
    static QByteArray badStory() { return story("      - {device: phone, state: lost, within: 300ms}\n"); }
};

} // namespace reveille::test
