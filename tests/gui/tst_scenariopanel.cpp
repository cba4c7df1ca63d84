// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariocodes.h"
#include "gui/scenario/foldedlabel.h"
#include "gui/scenario/scenariosentences.h"
#include "gui/scenario/scenariosteplist.h"
#include "gui/scenario/scenariostepview.h"
#include "gui/scenariofixture.h"
#include "models/sentences.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QXmlStreamReader>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;
using StepState = ScenarioStepReport::State;

namespace {

constexpr int patience = 20000;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Answers the next question of the panel; what it asked comes back.
void answerQuestion(QObject *context, QMessageBox::ButtonRole role, QString *asked)
{
    auto *timer = new QTimer(context);
    timer->setInterval(5);
    QObject::connect(timer, &QTimer::timeout, context, [timer, role, asked] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        if (!box)
            return;
        *asked = box->text() + u'\n' + box->informativeText();
        for (QAbstractButton *button : box->buttons()) {
            if (box->buttonRole(button) == role) {
                timer->deleteLater();
                return button->click();
            }
        }
    });
    timer->start();
}

} // namespace

class TestScenarioPanel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void whatHappenedIsSaidForPeople_data()
    {
        QTest::addColumn<QString>("actual");
        QTest::addColumn<QString>("said");
        QTest::newRow("nothing") << QString() << u"nothing"_s;
        QTest::newRow("why a packet was dropped") << u"direction: inbound, reason: no_mapping"_s << u"direction inbound, reason no pinhole is open"_s;
        QTest::newRow("why a push was not taken") << u"reason: refused-415"_s << u"reason "_s + Sentences::outcome("refused-415");
        QTest::newRow("rule") << u"rule: request_unanswered"_s
                              << u"rule "_s + Sentences::ruleText({EvidenceRule::RequestUnanswered, {}, 0, {}, {}});
        QTest::newRow("rule of another version") << u"rule: brand_new"_s << u"rule brand_new"_s;
        QTest::newRow("yes") << u"signed: true"_s << u"signed yes"_s;
        QTest::newRow("state and number") << u"connections: 2, state: up"_s << u"Up, connections 2"_s;
        QTest::newRow("value that is not there") << u"active_wake: "_s << u"wake-up under way none"_s;
        QTest::newRow("value with a comma") << u"body: one, two"_s << Sentences::fieldName(u"body"_s) + u" one, two"_s;
        QTest::newRow("event of a device") << u"push-received"_s << u"receives a push"_s;
        QTest::newRow("event of one word") << u"silent"_s << u"falls silent"_s;
        QTest::newRow("event of the server") << u"sir-sent"_s << Sentences::event(u"sir-sent"_s);
        QTest::newRow("count") << u"3 times"_s << u"3 time(s)"_s;
        QTest::newRow("count and last") << u"3 times; last: state: lost"_s << u"3 time(s); last: "_s + Sentences::state(LivenessState::Lost);
        QTest::newRow("of several") << u"1 of 3"_s << u"1 of 3"_s;
        QTest::newRow("one of several") << u"1 of 3; phone2 has state: up"_s << u"1 of 3; phone2: Up"_s;
        QTest::newRow("one of several with nothing") << u"1 of 3; phone2 has nothing"_s << u"1 of 3; phone2: nothing"_s;
        QTest::newRow("one of several, counted") << u"1 of 3; phone2 has 0 times"_s << u"1 of 3; phone2: 0 time(s)"_s;
        QTest::newRow("number") << u"42"_s << u"42"_s;
    }
    void whatHappenedIsSaidForPeople()
    {
        QFETCH(QString, actual);
        QFETCH(QString, said);
        QCOMPARE(ScenarioSentences::happened(actual), said);
    }

    void troublesAreSentences()
    {
        for (const char *code : {"setup-timeout", "action-timeout", "scenario-limit", "server-start", "server-unreachable", "call-refused",
                                 "call-answer", "action-fact-unknown", "device-not-started", "device-no-place", "companion-not-started",
                                 "scenario-server-foreign", "server-ended"}) {
            const QString text = ScenarioSentences::problem(QString::fromLatin1(code), u"60000"_s);
            QVERIFY2(text.contains(u' ') && !text.contains(QLatin1StringView(code)), code);
        }
        QCOMPARE(ScenarioSentences::fault({"scenario-type", u"steps"_s, 3, u"a list of steps"_s}), u"Line 3: “steps” has to be a list of steps."_s);
        QCOMPARE(ScenarioSentences::fault({"scenario-type", u"do"_s, 0, u"an action: push, wake"_s}), u"“do” has to be an action: push, wake."_s);
        QVERIFY(!ScenarioSentences::fault({"scenario-server-foreign", u"server"_s, 1, {}}).contains(u"YAML"_s));
        const QString line = ScenarioSentences::evidence(u"12:00:00.000 server push push-accepted push=p-1"_s, {}, TimeDisplay());
        QCOMPARE(line, u"12:00:00.000  server  "_s + Sentences::event(u"push-accepted"_s) + u"  push=p-1"_s);
    }

    void playsAScenarioAndBringsBackWhatWasThere()
    {
        ScenarioFixture f;
        QVERIFY(f.startHome());
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, ScenarioFixture::goodStory())));
        f.panel->show();
        QCOMPARE(f.panel->steps()->count(), 2);
        QVERIFY(f.panel->steps()->step(0)->bodyText().contains(u"phone registers"_s));
        QSignalSpy spotlight(f.panel.get(), &ScenarioPanel::spotlight);
        bool wasSeen = false; // in the very window
        connect(&f.gui.host, &ServerHost::changed, this, [&](const ServerChanges &changes) {
            for (const DeviceSnapshot &device : changes.devices)
                wasSeen = wasSeen || device.device.user.toString() == u"sip:carol@lab.example"_s;
        });
        QTest::mouseClick(f.panel->playButton(), Qt::LeftButton);
        QVERIFY(!f.panel->chooser()->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), patience);
        QCOMPARE(f.player->report().verdict, ScenarioReport::Verdict::Passed);
        QVERIFY2(f.panel->statusText().startsWith(u"Every step happened as expected"_s), qPrintable(f.panel->statusText()));
        QVERIFY(f.panel->steps()->step(1)->bodyText().contains(u"Up, connections 1"_s));
        QVERIFY(spotlight.count() >= 1);
        QVERIFY(wasSeen);
        QVERIFY(f.loan.isLent());
        QVERIFY(!f.knowsHome());
        QCOMPARE(f.gui.host.state(), ServerHost::State::Running);
        const QString folder = f.gui.host.dataDir();
        QVERIFY(folder != f.gui.folder.path());

        QTest::mouseClick(f.panel->resetButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(f.isIdle(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(f.knowsHome(), patience);
        QVERIFY(!f.loan.isLent());
        QVERIFY(!QFile::exists(folder));
        QCOMPARE(f.gui.subscribers.totalDevices(), 1);
        QCOMPARE(f.player->report().steps.first().state, StepState::Ahead);
        QCOMPARE(f.gui.host.dataDir(), f.gui.folder.path());
        f.gui.host.disconnect(this);
    }

    void saysOfAFailedStepWhatWasExpectedAndWhatThereWas()
    {
        ScenarioFixture f;
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, ScenarioFixture::story("      - {device: phone, state: lost, within: 300ms}\n"
                                                                             "      - {event: registered, by: phone, times: 3, since: start}\n"
                                                                             "  - title: It is over\n    expect:\n"
                                                                             "      - {device: phone, state: up}\n"))));
        f.panel->show();
        f.panel->play();
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), patience);
        QCOMPARE(f.player->report().verdict, ScenarioReport::Verdict::Failed);
        QVERIFY2(f.panel->statusText().startsWith(u"Step 2 of 3, “It is there”, did not happen as expected"_s), qPrintable(f.panel->statusText()));
        QVERIFY2(f.panel->statusText().contains(u"1 step(s) after it were not played."_s), qPrintable(f.panel->statusText()));
        ScenarioStepView *step = f.panel->steps()->step(1);
        const QString text = step->bodyText();
        for (const QString &part : {u"Expected"_s, u"What there was"_s, u"phone: Lost"_s, u"Up, after 0.3 s"_s, u"1 time(s); last: Registered"_s,
                                    u"was still waited for"_s, u"Nothing happened in it"_s, u"Before:"_s, u"registers"_s})
            QVERIFY2(text.contains(part), qPrintable(part + u" is not in "_s + text));

        QSignalSpy journal(f.panel.get(), &ScenarioPanel::journalWanted);
        QSignalSpy device(f.panel.get(), &ScenarioPanel::spotlight);
        Q_EMIT step->body()->linkActivated(u"journal"_s);
        QCOMPARE(journal.count(), 1);
        QCOMPARE(journal.first().at(0).value<PublicUserId>().toString(), u"sip:carol@lab.example"_s);
        const Timestamp from = journal.first().at(2).value<Timestamp>();
        QVERIFY(from.isSet() && from < journal.first().at(3).value<Timestamp>());
        Q_EMIT step->body()->linkActivated(u"device"_s);
        QCOMPARE(device.count(), 1);
        Q_EMIT step->body()->linkActivated(u"copy"_s);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.startsWith(u"✕ 2. It is there"_s) && copied.contains(u"gruu=sip:carol@lab.example;gr=urn:uuid:"_s), qPrintable(copied));
        f.panel->copyReport();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"✓ 1. It registers"_s));
        QVERIFY(QGuiApplication::clipboard()->text().contains(copied));
    }

    void showsAFailedStepWholeHoweverNarrowThePanelIs()
    {
        ScenarioFixture f;
        QByteArray story = ScenarioFixture::story("      - {device: phone, state: up}\n");
        for (int i = 0; i < 8; ++i)
            story += "  - title: It is still there\n    expect:\n      - {device: phone, state: up}\n      - {event: registered, by: phone, since: start}\n";
        story += "  - title: It is lost\n    expect:\n      - {device: phone, state: lost, within: 300ms}\n"
                 "      - {event: registered, by: phone, fields: {gruu: sip:somebody-else-with-a-very-long-name@another-laboratory.example}}\n";
        for (int i = 0; i < 4; ++i)
            story += "  - title: It is never played\n    expect:\n      - {device: phone, state: up}\n";
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, story)));
        f.panel->resize(f.panel->minimumWidth(), 480);
        f.panel->show();
        f.panel->play();
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), patience);
        const ScenarioStepList &steps = *f.panel->steps();
        const ScenarioStepView *failed = steps.step(10);
        QTRY_VERIFY(failed->height() > 100);
        QTRY_VERIFY2(steps.widget()->width() <= steps.viewport()->width(), qPrintable(u"%1 in %2"_s.arg(steps.widget()->width()).arg(steps.viewport()->width())));
        QTRY_VERIFY(failed->height() > steps.viewport()->height());
        QTRY_COMPARE(steps.verticalScrollBar()->value(), failed->y());
    }

    void longWordsBreakAndAreCopiedWhole()
    {
        const QString id = u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s;
        FoldedLabel narrow, wide(FoldedLabel::folded(id));
        wide.setWordWrap(true);
        narrow.setText(id);
        narrow.setWordWrap(true);
        QVERIFY2(wide.minimumSizeHint().width() < narrow.minimumSizeHint().width() / 2,
                 qPrintable(u"%1 of %2"_s.arg(wide.minimumSizeHint().width()).arg(narrow.minimumSizeHint().width())));
        QCOMPARE(FoldedLabel::unfolded(wide.text()), id);
        QCOMPARE(FoldedLabel::folded(u"short words stay"_s), u"short words stay"_s);
        wide.setTextInteractionFlags(Qt::TextBrowserInteraction);
        wide.setSelection(0, int(wide.text().size()));
        QTest::keySequence(&wide, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), id);
    }

    void everyEventThatAFileMayNameHasWords()
    {
        for (const QString &code : knownEvents())
            QVERIFY2(ScenarioSentences::isEvent(code), qPrintable(code));
    }

    void writesReports()
    {
        ScenarioFixture f;
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, ScenarioFixture::badStory())));
        QVERIFY(!f.panel->hasReport());
        f.panel->play();
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), patience);
        QVERIFY(f.panel->hasReport());
        QVERIFY(f.panel->saveReport(f.file(u"r.xml"_s), true));
        QXmlStreamReader xml(contentOf(f.file(u"r.xml"_s)));
        int failures = 0;
        while (!xml.atEnd())
            failures += int(xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"failure");
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(failures, 1);
        QVERIFY(f.panel->saveReport(f.file(u"r.txt"_s), false));
        const QByteArray text = contentOf(f.file(u"r.txt"_s));
        QVERIFY2(text.contains("✓ 1. It registers") && text.contains("✕ 2. It is there"), text.constData());
        QVERIFY(!f.panel->saveReport(f.file(u"no/such/r.txt"_s), false));
        QVERIFY(f.panel->noticeText().contains(u"could not be written"_s));
    }

    void waitsBetweenStepsUntilToldToGoOn()
    {
        ScenarioFixture f;
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, ScenarioFixture::goodStory())));
        f.panel->show();
        QTest::mouseClick(f.panel->holdBox(), Qt::LeftButton, {}, {8, f.panel->holdBox()->height() / 2});
        QVERIFY(f.player->isHolding());
        f.panel->play();
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->isHeld(), patience);
        QCOMPARE(f.player->report().steps.at(0).state, StepState::Passed);
        QCOMPARE(f.player->report().steps.at(1).state, StepState::Ahead);
        QCOMPARE(f.panel->playButton()->text(), u"&Next step"_s);
        QTest::mouseClick(f.panel->playButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), patience);
        QCOMPARE(f.player->report().verdict, ScenarioReport::Verdict::Passed);

        // and stopped in a pause
        f.panel->play();
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->isHeld(), patience);
        QTest::mouseClick(f.panel->stopButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), patience);
        QCOMPARE(f.player->report().verdict, ScenarioReport::Verdict::Stopped);
    }

    void isResetInTheMiddleAndPlayedAgain()
    {
        ScenarioFixture f;
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, ScenarioFixture::story("      - {device: phone, state: lost, within: 60s}\n"))));
        f.panel->play();
        QTRY_COMPARE_WITH_TIMEOUT(f.player->current(), 1, patience);
        f.panel->reset();
        QTRY_VERIFY_WITH_TIMEOUT(f.isIdle(), patience);
        for (const ScenarioStepReport &step : f.player->report().steps)
            QCOMPARE(step.state, StepState::Ahead);
        QCOMPARE(f.gui.host.state(), ServerHost::State::Stopped); // as it was before
        f.write(u"mine.yaml"_s, ScenarioFixture::goodStory());
        QVERIFY(f.panel->open(f.file(u"mine.yaml"_s)));
        f.panel->play();
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), patience);
        QCOMPARE(f.player->report().verdict, ScenarioReport::Verdict::Passed);
    }

    void stopsAndStartsTheServerWithWhatItKnew()
    {
        ScenarioFixture f;
        QByteArray story = ScenarioFixture::goodStory();
        story += "  - title: The server comes again\n    do:\n      - server: restart\n"
                 "    expect:\n      - {event: registered, by: phone, within: 20s}\n      - {device: phone, state: up, within: 20s}\n";
        story.replace("{user: carol}", "{user: carol, keep_alive: crlf, transport: tcp}");
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, story)));
        QVERIFY2(f.panel->noticeText().isEmpty(), qPrintable(f.panel->noticeText()));
        f.panel->play();
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), 40000);
        QVERIFY2(f.player->report().verdict == ScenarioReport::Verdict::Passed, qPrintable(f.panel->statusText()));
    }

    void saysInPlaceWhatIsWrongWithAFile()
    {
        ScenarioFixture f;
        f.panel->show();
        QByteArray broken = ScenarioFixture::goodStory();
        broken.replace("about:", "abuot:");
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, broken)));
        QCOMPARE(f.panel->noticeText(), u"mine.yaml cannot be played. Line 2: there is no key “abuot”; is “about” meant?"_s);
        QVERIFY(!f.panel->playButton()->isEnabled());
        QCOMPARE(f.panel->steps()->count(), 0);
        // put right on disk, it is read again
        QSignalSpy reread(f.shelf.get(), &ScenarioShelf::reread);
        f.write(u"mine.yaml"_s, ScenarioFixture::goodStory());
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->steps()->count() == 2, patience);
        QVERIFY(reread.count() > 0);
        QVERIFY2(f.panel->noticeText().isEmpty(), qPrintable(f.panel->noticeText()));
        QVERIFY(f.panel->playButton()->isEnabled());

        QVERIFY(!f.panel->open(f.file(u"nothing.yaml"_s)));
        QVERIFY(f.panel->noticeText().contains(u"nothing.yaml"_s));
    }

    void keepsAFileOnceAndRemembersIt()
    {
        ScenarioFixture f;
        const int shipped = f.shelf->count();
        QVERIFY(shipped > 0);
        const QString path = f.write(u"mine.yaml"_s, ScenarioFixture::goodStory());
        QVERIFY(f.panel->open(path));
        QVERIFY(f.panel->open(ScenarioShelf::usual));
        QVERIFY(f.shelf->isShipped(f.shelf->chosen()));
        QVERIFY(f.panel->open(f.file(u"../"_s + QFileInfo(path).dir().dirName() + u"/mine.yaml"_s)));
        QCOMPARE(f.shelf->count(), shipped + 1);
        QCOMPARE(f.shelf->chosen(), shipped);
        QCOMPARE(ScenarioShelf(f.gui.settings).count(), shipped + 1);
        for (int i = 0; i < ScenarioShelf::maxRecent + 2; ++i)
            QVERIFY(f.panel->open(f.write(u"n%1.yaml"_s.arg(i), ScenarioFixture::goodStory())));
        QCOMPARE(f.shelf->count(), shipped + ScenarioShelf::maxRecent);
    }

    void doesNotPlayWhatKillsItsServer()
    {
        ScenarioFixture f;
        f.panel->show();
        QVERIFY(f.panel->open(f.write(u"my story.yaml"_s, ScenarioFixture::goodStory() + "  - title: It dies\n    do:\n      - server: kill\n")));
        QVERIFY2(f.panel->noticeText().contains(u"kills the server"_s), qPrintable(f.panel->noticeText()));
        QVERIFY(!f.panel->playButton()->isEnabled());
        f.panel->play();
        QVERIFY(f.isIdle());
        f.panel->copyLine();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"reveillectl scenario run '%1'"_s.arg(f.file(u"my story.yaml"_s)));
        QVERIFY(f.panel->open(ScenarioShelf::usual));
        f.panel->copyLine();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"reveillectl scenario run pinhole-closes"_s);
    }

    void asksBeforeItPutsAServerAside()
    {
        ScenarioFixture f(false);
        QVERIFY(f.startHome());
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, ScenarioFixture::goodStory())));
        f.panel->show();
        QVERIFY2(f.panel->statusText().contains(f.gui.host.boundAddresses().value(u"sip_udp"_s)), qPrintable(f.panel->statusText()));
        QString asked;
        answerQuestion(this, QMessageBox::RejectRole, &asked);
        f.panel->play();
        QVERIFY2(asked.contains(u"A phone comes"_s), qPrintable(asked));
        QVERIFY(f.isIdle());
        QVERIFY(f.knowsHome());
        answerQuestion(this, QMessageBox::AcceptRole, &asked);
        f.panel->play();
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), patience);
        QCOMPARE(f.player->report().verdict, ScenarioReport::Verdict::Passed);
        f.panel->reset();
        QTRY_VERIFY_WITH_TIMEOUT(f.isIdle() && f.knowsHome(), patience);
    }

    void saysThatTheServerWasStoppedMeanwhile()
    {
        ScenarioFixture f;
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, ScenarioFixture::story("      - {device: phone, state: lost, within: 60s}\n"))));
        f.panel->play();
        QTRY_COMPARE_WITH_TIMEOUT(f.player->current(), 1, patience);
        f.gui.host.stop();
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), patience);
        QCOMPARE(f.player->report().verdict, ScenarioReport::Verdict::Broken);
        QVERIFY2(f.panel->statusText().contains(u"was stopped"_s), qPrintable(f.panel->statusText()));
        f.panel->reset();
        QTRY_VERIFY_WITH_TIMEOUT(f.isIdle(), patience);
    }

    void opensNoDataButItsOwn()
    {
        ScenarioFixture f;
        QVERIFY(f.startHome());
        const QString home = f.gui.host.databaseFile();
        QByteArray story = ScenarioFixture::goodStory();
        story.replace("users:\n", "server:\n  store/database: \"" + home.toUtf8() + "\"\nusers:\n");
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, story)));
        f.panel->play();
        QTRY_VERIFY_WITH_TIMEOUT(f.isOver(), patience);
        QCOMPARE(f.player->report().verdict, ScenarioReport::Verdict::Broken);
        QVERIFY2(f.panel->statusText().contains(home), qPrintable(f.panel->statusText()));
        f.panel->reset();
        QTRY_VERIFY_WITH_TIMEOUT(f.isIdle() && f.knowsHome(), patience);
        QCOMPARE(f.gui.subscribers.totalDevices(), 1);
    }

    void growsForARoom()
    {
        ScenarioFixture f;
        QVERIFY(f.panel->open(f.write(u"mine.yaml"_s, ScenarioFixture::goodStory())));
        f.panel->show();
        ScenarioStepView *step = f.panel->steps()->step(0);
        const auto *title = step->findChildren<QLabel *>().at(1);
        const double before = title->font().pointSizeF();
        QVERIFY(!step->bodyText().isEmpty());
        f.panel->setPresenting(true);
        QVERIFY(title->font().pointSizeF() > before * 1.5);
        QVERIFY(step->bodyText().isEmpty()); // titles only, until it is their turn
        f.panel->setPresenting(false);
        QCOMPARE(title->font().pointSizeF(), before);
    }
};

QTEST_MAIN(TestScenarioPanel)
#include "tst_scenariopanel.moc"
