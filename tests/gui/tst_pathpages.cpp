// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/devicehistory.h"
#include "gui/connectionspage.h"
#include "gui/guifixture.h"
#include "gui/networkspage.h"
#include "gui/overviewpage.h"
#include "gui/samplechart.h"
#include "models/roles.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

namespace {

constexpr Timestamp noon{1800000000000};

ConnectionSnapshot connection(quint64 id, const QString &peer, bool live)
{
    ConnectionSnapshot snapshot;
    snapshot.id = ConnectionId{id};
    snapshot.facts.kind = u"sip"_s;
    snapshot.facts.transport = u"tls"_s;
    snapshot.facts.peer = peer;
    snapshot.facts.local = u"127.0.0.1:5061"_s;
    LivenessEvent event;
    event.kind = LivenessEvent::Kind::Registered;
    event.until = noon + Milliseconds(3600000);
    snapshot.liveness.advance(event, noon);
    if (!live) {
        event.kind = LivenessEvent::Kind::Reset;
        event.subject = u"RST"_s;
        snapshot.liveness.advance(event, noon + Milliseconds(1000));
    }
    snapshot.live = live;
    return snapshot;
}

LearnedNetwork network(const QString &prefix, int open, int closed, int confidence)
{
    LearnedNetwork network;
    network.prefix = IpNetwork::parse(prefix).value();
    network.longestOpen = std::chrono::seconds(open);
    network.shortestClosed = std::chrono::seconds(closed);
    network.keepAlive = std::chrono::seconds(open * 8 / 10);
    network.confidence = confidence;
    network.changedAt = noon;
    network.samples = {{std::chrono::seconds(open), true, PinholeSample::Source::Test, noon},
                       {std::chrono::seconds(closed), false, PinholeSample::Source::Missed, noon}};
    return network;
}

} // namespace

class TestPathPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connectionsSayWhyOnHoverAndDeadOnesStandGrey()
    {
        GuiFixture f;
        ConnectionsPage page(f.context);
        page.resize(900, 200);
        DeviceSnapshot device;
        device.connections = {connection(1, u"203.0.113.7:4012"_s, true), connection(2, u"203.0.113.9:4012"_s, false)};
        page.show(device, noon + Milliseconds(5000));
        page.QWidget::show();
        QVERIFY(page.table()->isVisible());
        const QAbstractItemModel &model = *page.table()->model();
        const QString why = model.index(1, ConnectionModel::State).data(Qt::ToolTipRole).toString();
        QVERIFY2(why.contains(u"The connection broke (RST)"_s), qPrintable(why));
        QCOMPARE(model.index(1, 0).data(Role::Live).toBool(), false);
        QImage page1(page.table()->viewport()->size(), QImage::Format_ARGB32_Premultiplied);
        page.table()->viewport()->render(&page1); // both kinds are painted
        page.table()->setCurrentIndex(model.index(0, 0));
        page.copyRow();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"203.0.113.7:4012"_s));
        QSignalSpy journal(&page, &ConnectionsPage::journalWanted);
        Q_EMIT page.table()->activated(model.index(0, 0));
        QCOMPARE(journal.value(0).value(0).toString(), u"203.0.113.7:4012"_s);
    }

    void aDeviceWithoutAConnectionIsToldWhatToDo()
    {
        GuiFixture f;
        ConnectionsPage page(f.context);
        page.show(DeviceSnapshot(), noon);
        page.QWidget::show();
        QVERIFY(!page.table()->isVisible());
        QVERIFY(page.totals().isEmpty());
        DeviceHistory history;
        history.probesLost = 3;
        history.addressChanges = 1;
        page.showTotals(history);
        QVERIFY2(page.totals().contains(u"3"_s), qPrintable(page.totals()));
    }

    void whatADeviceToldWhenAskedStandsOnItsPageWithTheTimeAndARefusalWithItsReason()
    {
        GuiFixture f;
        OverviewPage page(f.context);
        DeviceSnapshot device;
        page.show(device, noon);
        QVERIFY2(page.returned().contains(u"a wake-up can ask for it"_s), qPrintable(page.returned()));
        Returned told;
        told.what = SirRequest::Preferences;
        told.value = u"{\"quiet\":[60,120]}"_s;
        told.at = noon - Milliseconds(120000);
        told.over = u"sip"_s;
        Returned refusal;
        refusal.what = SirRequest::Refusal;
        refusal.value = u"{\"status\":603}"_s;
        refusal.at = noon;
        refusal.over = u"ota_http"_s;
        device.device.returned = {told, refusal};
        page.show(device, noon);
        const QStringList lines = page.returned().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].contains(u"2 min ago"_s) && lines[0].endsWith(u"Preferences, over SIP: quiet: 60, 120"_s), qPrintable(lines[0]));
        QVERIFY2(lines[1].contains(u"Refused to come, over OTA-HTTP: status: 603"_s), qPrintable(lines[1]));
    }

    void whereApplicationServersPushToADeviceStandsOnItsPage()
    {
        GuiFixture f;
        OverviewPage page(f.context);
        DeviceSnapshot device;
        page.show(device, noon);
        QCOMPARE(page.webPush(), u"none"_s);
        PushResource shop;
        shop.id = PushResourceId(u"r-abc"_s);
        shop.application = u"news"_s;
        shop.name = u"the shop"_s;
        shop.vapidKey = QByteArray(65, '\4');
        PushResource mail;
        mail.id = PushResourceId(u"r-def"_s);
        mail.application = u"mail"_s;
        mail.session = u"m-1"_s;
        mail.expiresAt = noon - Milliseconds(120000);
        device.pushResources = {shop, mail};
        page.show(device, noon);
        const QStringList lines = page.webPush().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0], u"the shop (r-abc) · news · bound to a VAPID key"_s);
        QVERIFY2(lines[1].startsWith(u"r-def · mail · session m-1 only · ended "_s) && lines[1].endsWith(u"2 min ago"_s), qPrintable(lines[1]));
    }

    void anEmptyPageOfNetworksExplainsLearning()
    {
        GuiFixture f;
        NetworksPage page(f.context);
        page.show();
        QVERIFY(!page.table()->isVisible());
        f.networks.put({network(u"203.0.113.0/24"_s, 45, 51, 80)});
        QVERIFY(page.table()->isVisible());
        QVERIFY2(page.sentence().contains(u"203.0.113.0/24"_s), qPrintable(page.sentence()));
        f.networks.clear();
        QVERIFY(!page.table()->isVisible());
    }

    void networksSortByValueFilterAndCopy()
    {
        GuiFixture f;
        f.networks.put({network(u"203.0.113.0/24"_s, 45, 51, 80), network(u"198.51.100.0/24"_s, 600, 700, 30), network(u"192.0.2.0/24"_s, 100, 120, 99)});
        NetworksPage page(f.context);
        page.resize(1000, 260);
        page.show();
        page.table()->sortByColumn(NetworkModel::Estimate, Qt::DescendingOrder);
        const auto first = [&] { return page.table()->model()->index(0, 0).data().toString(); };
        QCOMPARE(first(), u"198.51.100.0/24"_s); // 600 s, not the text "45 s"
        page.table()->sortByColumn(NetworkModel::Confidence, Qt::DescendingOrder);
        QCOMPARE(first(), u"192.0.2.0/24"_s);
        QTest::keyClicks(page.filterBox(), u"203."_s);
        QCOMPARE(page.table()->model()->rowCount(), 1);
        const QString csv = page.rowsAsText(u',', false);
        QCOMPARE(csv.count(u'\n'), 2);
        QVERIFY2(csv.contains(u"203.0.113.0/24,UDP"_s), qPrintable(csv));
        page.chooseNetwork(IpNetwork::parse(u"198.51.100.0/24").value(), PathTransport::Udp);
        QVERIFY(page.filterBox()->text().isEmpty());
        QVERIFY2(page.sentence().contains(u"198.51.100.0/24"_s), qPrintable(page.sentence()));
        page.copyRows();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"198.51.100.0/24\tUDP"_s));
    }

    void samplesStandOverTheirSilenceAndSayWhatTheyAre()
    {
        SampleChart chart;
        chart.resize(400, chart.sizeHint().height());
        chart.setNetwork(network(u"203.0.113.0/24"_s, 45, 51, 80));
        QVERIFY(chart.xAt(Milliseconds(45000)) < chart.xAt(Milliseconds(51000)));
        QVERIFY(chart.xAt(Milliseconds(51000)) < chart.width());
        const QString open = chart.factsAt({int(chart.xAt(Milliseconds(45000))), 17});
        QVERIFY2(open.contains(u"still open after 45 s"_s), qPrintable(open));
        QVERIFY(chart.factsAt({0, 0}).isEmpty());
        QVERIFY(chart.accessibleDescription().contains(u"closed after 51 s"_s));
        QImage page(chart.size(), QImage::Format_ARGB32_Premultiplied);
        chart.render(&page);
        chart.setNetwork({});
        chart.render(&page); // nothing learned, nothing divided by
    }
};

QTEST_MAIN(TestPathPages)
#include "tst_pathpages.moc"
