// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/plaintip.h"
#include "models/pushtarget.h"
#include "models/roles.h"
#include "models/snapshotmaker.h"
#include "models/triggerjson.h"
#include "models/triggerlibrary.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QMimeData>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace reveille;
using namespace reveille::test;

namespace {

constexpr auto qtTest = QAbstractItemModelTester::FailureReportingMode::QtTest;

Trigger trigger(const QString &name, const QString &body = u"hello"_s)
{
    Trigger trigger;
    trigger.name = name;
    trigger.to = u"{{user}}"_s;
    trigger.body = body;
    return trigger;
}

/// Everything that is not at its default.
Trigger fullTrigger()
{
    Trigger full = trigger(u"New mail"_s, u"{{from}} wrote: “{{text}}”\n{\"a\":{\"b\":1}}"_s);
    full.application = u"mail"_s;
    full.contentType = u"application/json"_s;
    full.ttl = Milliseconds(90000);
    full.priority = PushPriority::High;
    full.when = PushWhen::Now;
    full.choice = DeviceChoice::Preferred;
    full.sirMode = SirMode::Broadcast;
    full.confirm = true;
    full.defaults = {{u"from"_s, u"bob"_s}};
    full.sent = 7;
    return full;
}

QByteArray file(const QByteArray &items)
{
    return "{\"format\":\"reveille-triggers\",\"version\":1,\"items\":" + items + "}";
}

QStringList names(const TriggerLibraryModel &model, const QModelIndex &folder = {})
{
    QStringList list;
    for (int row = 0; row < model.rowCount(folder); ++row) {
        const QModelIndex index = model.index(row, 0, folder);
        list.append(index.data().toString());
        if (model.isFolder(index))
            list.append(u"("_s + names(model, index).join(u' ') + u")"_s);
    }
    return list;
}

} // namespace

class TestTriggers : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<TriggerLibraryModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    /// "a", a folder "f" with "b" and "c", and "d".
    void fill()
    {
        m_model->setItems({TriggerItem::of(trigger(u"a"_s)),
                           TriggerItem::ofFolder(u"f"_s, {TriggerItem::of(trigger(u"b"_s)), TriggerItem::of(trigger(u"c"_s))}),
                           TriggerItem::of(trigger(u"d"_s))});
    }
    QModelIndex at(int row, const QModelIndex &folder = {}) const { return m_model->index(row, 0, folder); }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<TriggerLibraryModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), qtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void variablesAreFoundAndFilled_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        QTest::addColumn<QString>("filled");
        QTest::newRow("none") << u"plain {x}"_s << QStringList() << u"plain {x}"_s;
        QTest::newRow("one") << u"a {{x}} b"_s << QStringList{u"x"_s} << u"a 1 b"_s;
        QTest::newRow("spaces") << u"{{ x }}"_s << QStringList{u"x"_s} << u"1"_s;
        QTest::newRow("twice") << u"{{x}}{{y}}{{x}}"_s << QStringList{u"x"_s, u"y"_s} << u"1{{x}}1"_s;
        QTest::newRow("unknown stays") << u"{{z}} {{x}}"_s << QStringList{u"z"_s, u"x"_s} << u"{{z}} 1"_s;
        QTest::newRow("json") << u"{\"a\":{\"b\":{{x}}}}"_s << QStringList{u"x"_s} << u"{\"a\":{\"b\":1}}"_s;
        QTest::newRow("no name") << u"{{1x}} {{}} {{a b}}"_s << QStringList() << u"{{1x}} {{}} {{a b}}"_s;
        QTest::newRow("unclosed") << u"{{x"_s << QStringList() << u"{{x"_s;
    }
    void variablesAreFoundAndFilled()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, found);
        QFETCH(QString, filled);
        QCOMPARE(Variables::in(text), found);
        // A value that looks like a variable is none.
        QCOMPARE(Variables::filled(text, {{u"x"_s, u"1"_s}, {u"y"_s, u"{{x}}"_s}}), filled);
    }

    void builtInVariablesFollowWhatIsSelected()
    {
        const VariableValues none = Variables::builtInValues({}, {}, {}, noon, 3);
        QVERIFY(!none.contains(u"user"_s) && !none.contains(u"device"_s) && !none.contains(u"number"_s));
        QCOMPARE(none.value(u"counter"_s), u"3"_s);
        QCOMPARE(none.value(u"time"_s), noon.toIso());
        const VariableValues some = Variables::builtInValues(userId(1), deviceId(1, 2), *Msisdn::parse(u"+491701234567"), noon, 3);
        QCOMPARE(some.value(u"user"_s), userId(1).toString());
        QCOMPARE(some.value(u"device"_s), deviceId(1, 2).toString());
        QCOMPARE(some.value(u"number"_s), u"+491701234567"_s);
        QVERIFY(some.value(u"uuid"_s) != none.value(u"uuid"_s));
        for (const QString &name : Variables::builtIns())
            QVERIFY2(some.contains(name), qPrintable(name));
    }

    void aTriggerBecomesAPushOnceItIsFilled()
    {
        const Trigger full = fullTrigger();
        QCOMPARE(full.variables(), (QStringList{u"user"_s, u"from"_s, u"text"_s}));
        QCOMPARE(full.unfilled({{u"text"_s, u"x"_s}}), QStringList{u"user"_s});
        QVERIFY(full.request({}).error().is("variable-unfilled"));
        QVERIFY(full.request({{u"user"_s, u"sip:@"_s}}).error().is("user-without-host") || !full.request({{u"user"_s, u"sip:@"_s}}).ok());
        const Result<PushRequest> request = full.request({{u"user"_s, userId(1).toString()}, {u"text"_s, u"hi"_s}});
        QVERIFY(request.ok());
        QCOMPARE(request->to.user, userId(1));
        QVERIFY(request->body.startsWith("bob wrote: “hi”"));
        QCOMPARE(request->ttl, Milliseconds(90000));
        QCOMPARE(request->sirMode, std::optional(SirMode::Broadcast));
        QCOMPARE(request->when, PushWhen::Now);
    }

    void targetsAreReadAndWrittenAlike_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("user") << u"sip:alice@lab.example"_s;
        QTest::newRow("number") << u"+491701234567"_s;
        QTest::newRow("device") << deviceId(1, 1).toString();
    }
    void targetsAreReadAndWrittenAlike()
    {
        QFETCH(QString, text);
        QCOMPARE(toText(*pushTargetFromText(text)), text);
    }

    void aFileKeepsEverything()
    {
        const QVector<TriggerItem> items{
            TriggerItem::ofFolder(u"Mail"_s, {TriggerItem::of(fullTrigger()), TriggerItem::ofFolder(u"empty"_s)}),
            TriggerItem::of(trigger(u"x"_s, {}))};
        const Result<QVector<TriggerItem>> again = TriggerJson::read(TriggerJson::write(items, false));
        QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(again.error().about));
        QVERIFY(*again == items);
        const Result<QVector<TriggerItem>> shared = TriggerJson::read(TriggerJson::write(items, true));
        QVERIFY(shared.ok());
        QCOMPARE(shared->first().items.first().trigger.sent, 0); // how often is nobody else's
        QCOMPARE(shared->first().items.first().trigger.defaults, fullTrigger().defaults);
    }

    void whatIsLeftOutOfAFileStandsAtItsDefault()
    {
        const Result<QVector<TriggerItem>> items = TriggerJson::read(file("[{\"name\":\" x \"}]"));
        QVERIFY(items.ok());
        Trigger usual;
        usual.name = u"x"_s;
        QVERIFY(items->first().trigger == usual);
    }

    void hostileFilesAreRefusedAndTheItemNamed_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("about");
        const auto row = [](const char *name, const QByteArray &octets, const char *code, const char *about) {
            QTest::newRow(name) << octets << QString::fromLatin1(code) << QString::fromUtf8(about);
        };
        row("empty", {}, "json-empty", "");
        row("no JSON", "{\"format\":", "json-syntax", "");
        row("a list", "[]", "json-not-object", "");
        row("another format", "{\"version\":1,\"items\":[]}", "triggers-format", "");
        row("newer", "{\"format\":\"reveille-triggers\",\"version\":2,\"items\":[]}", "triggers-version", "2");
        row("version as text", "{\"format\":\"reveille-triggers\",\"version\":\"1\",\"items\":[]}", "triggers-version", "1");
        row("no items", "{\"format\":\"reveille-triggers\",\"version\":1}", "json-field-missing", "items");
        row("more than known", "{\"format\":\"reveille-triggers\",\"version\":1,\"items\":[],\"x\":1}", "json-field-unknown", "x");
        row("no object", file("[{\"name\":\"a\"},7]"), "json-field-type", "items[1]");
        row("no name", file("[{\"body\":\"a\"}]"), "json-field-missing", "items[0].name");
        row("empty name", file("[{\"name\":\"  \"}]"), "trigger-name", "items[0].name");
        row("long name", file("[{\"name\":\"" + QByteArray(101, 'n') + "\"}]"), "trigger-name",
            "items[0] (nnnnnnnnnnnnnnnnnnnnnnnn).name");
        row("wrong type", file("[{\"folder\":\"Mail\",\"items\":[{\"name\":\"a\",\"ttl_s\":\"x\"}]}]"), "json-field-type",
            "items[0] (Mail).items[0] (a).ttl_s");
        row("ttl", file("[{\"name\":\"a\",\"ttl_s\":-1}]"), "json-field-value", "items[0] (a).ttl_s");
        row("choice", file("[{\"name\":\"a\",\"when\":\"soon\"}]"), "json-field-value", "items[0] (a).when");
        row("unknown field", file("[{\"name\":\"a\",\"evil\":1}]"), "json-field-unknown", "items[0] (a).evil");
        row("long target", file("[{\"name\":\"a\",\"to\":\"" + QByteArray(300, 'x') + "\"}]"), "json-field-value", "items[0] (a).to");
        row("variable", file("[{\"name\":\"a\",\"variables\":{\"a b\":\"x\"}}]"), "json-field-unknown", "items[0] (a).variables.a b");
        row("variable type", file("[{\"name\":\"a\",\"variables\":{\"x\":1}}]"), "json-field-type", "items[0] (a).variables.x");
        row("folder without items", file("[{\"folder\":\"a\"}]"), "json-field-missing", "items[0] (a).items");
        row("deep", file(QByteArray("[{\"folder\":\"a\",\"items\":").repeated(9) + "[]" + QByteArray("}]").repeated(9)), "triggers-too-deep", "");
        row("very deep", QByteArray(100000, '['), "json-syntax", "");
        row("too long", QByteArray(jsonMaxSize + 1, ' '), "json-too-long", "");
        QByteArray many = "[{\"name\":\"a\"}";
        for (int i = 0; i < TriggerJson::mostItems; ++i)
            many += ",{\"name\":\"a\"}";
        row("many", file(many + "]"), "json-too-many", "items");
        QByteArray inFolders = "[";
        for (int i = 0; i < 60; ++i)
            inFolders += QByteArray(i ? "," : "") + "{\"folder\":\"f\",\"items\":[" + QByteArray("{\"name\":\"a\"},").repeated(99) + "{\"name\":\"a\"}]}";
        row("many in folders", file(inFolders + "]"), "triggers-too-many", "5000");
    }
    void hostileFilesAreRefusedAndTheItemNamed()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QString, code);
        QFETCH(QString, about);
        const Result<QVector<TriggerItem>> items = TriggerJson::read(octets);
        QVERIFY(!items.ok());
        QCOMPARE(QString::fromLatin1(items.error().code), code);
        if (!about.isEmpty())
            QCOMPARE(items.error().about.trimmed(), about.trimmed());
    }

    void whatCouldNotBeReadAgainIsNotKept()
    {
        Trigger bad = trigger(u"x"_s);
        bad.to = QString(256, u'a');
        const auto id = m_model->add(TriggerItem::of(bad), {});
        QVERIFY(!id.ok());
        QVERIFY(id.error().is("json-field-value"));
        QVERIFY(!m_model->add(TriggerItem::of(trigger(QString())), {}).ok());
        Trigger huge = trigger(u"x"_s, QString(3 * 1024 * 1024, u'a'));
        QVERIFY(m_model->add(TriggerItem::of(huge), {}).error().is("json-too-long"));
        huge.body = QString(1500000, u'a');
        QVERIFY(m_model->add(TriggerItem::of(huge), {}).ok());
        QVERIFY(m_model->add(TriggerItem::of(huge), {}).error().is("json-too-long")); // the two together
        QCOMPARE(m_model->count(), 1);
    }

    void aTreeOfFolders()
    {
        fill();
        QCOMPARE(names(*m_model).join(u' '), u"a f (b c) d"_s);
        QCOMPARE(m_model->count(), 5);
        QVERIFY(m_model->isFolder(at(1)));
        QVERIFY(!m_model->trigger(at(1)));
        QCOMPARE(m_model->trigger(at(0))->name, u"a"_s);
        QVERIFY(m_model->folderOf(at(0, at(1))) == at(1));
        QVERIFY(!m_model->folderOf(at(0)).isValid());
        QCOMPARE(m_model->find(u"b"_s, at(1)), m_model->idOf(at(0, at(1))));
        QCOMPARE(m_model->find(u"b"_s, {}), TriggerLibraryModel::Id(0));
        QCOMPARE(m_model->folders().size(), 1);
        QCOMPARE(m_model->folders().first().second, u"f"_s);
    }

    void addsRenamesAndDuplicates()
    {
        fill();
        QSignalSpy changed(m_model.get(), &TriggerLibraryModel::changed);
        const auto folder = m_model->add(TriggerItem::ofFolder(u"g"_s), at(1));
        QVERIFY(folder.ok());
        QVERIFY(m_model->add(TriggerItem::of(trigger(u"e"_s)), m_model->indexOf(*folder)).ok());
        QCOMPARE(names(*m_model).join(u' '), u"a f (b c g (e)) d"_s);
        QCOMPARE(m_model->folders().last().second, u"f / g"_s);
        QVERIFY(m_model->setData(at(0), u" A "_s));
        QCOMPARE(at(0).data().toString(), u"A"_s);
        QSignalSpy refused(m_model.get(), &TriggerLibraryModel::refused);
        QVERIFY(!m_model->setData(at(0), u"a\nb"_s));
        QCOMPARE(refused.size(), 1);
        QVERIFY(m_model->duplicate(m_model->idOf(at(1))).ok());
        QCOMPARE(names(*m_model).join(u' '), u"A f (b c g (e)) f (copy) (b c g (e)) d"_s);
        QCOMPARE(changed.size(), 4);
    }

    void foldersInFoldersEnd()
    {
        QModelIndex folder;
        for (int depth = 0; depth < TriggerJson::deepest; ++depth) {
            const auto id = m_model->add(TriggerItem::ofFolder(u"f"_s), folder);
            QVERIFY(id.ok());
            folder = m_model->indexOf(*id);
        }
        QVERIFY(m_model->add(TriggerItem::of(trigger(u"x"_s)), folder).ok());
        QVERIFY(m_model->add(TriggerItem::ofFolder(u"f"_s), folder).error().is("triggers-too-deep"));
        const auto other = m_model->add(TriggerItem::ofFolder(u"g"_s), {});
        QVERIFY(m_model->move(*other, folder, -1).error().is("triggers-too-deep"));
    }

    void movesByDragAndNeverIntoItself()
    {
        fill();
        const auto a = m_model->idOf(at(0));
        const auto f = m_model->idOf(at(1));
        const auto drag = [&](const QModelIndex &row, int to, const QModelIndex &folder) {
            const std::unique_ptr<QMimeData> data(m_model->mimeData({row}));
            return m_model->dropMimeData(data.get(), Qt::MoveAction, to, 0, folder);
        };
        QVERIFY(drag(at(0), 1, at(1))); // between b and c
        QCOMPARE(names(*m_model).join(u' '), u"f (b a c) d"_s);
        QCOMPARE(m_model->idOf(at(1, at(0))), a); // the same row
        QVERIFY(drag(m_model->indexOf(a), -1, {})); // onto nothing: last
        QCOMPARE(names(*m_model).join(u' '), u"f (b c) d a"_s);
        QVERIFY(drag(m_model->indexOf(a), 0, {}));
        QCOMPARE(names(*m_model).join(u' '), u"a f (b c) d"_s);
        QVERIFY(drag(at(0), 2, {})); // within the same folder, downwards
        QCOMPARE(names(*m_model).join(u' '), u"f (b c) a d"_s);
        QVERIFY(drag(at(2), -1, at(1))); // onto a trigger: beneath it
        QCOMPARE(names(*m_model).join(u' '), u"f (b c) a d"_s);

        QSignalSpy refused(m_model.get(), &TriggerLibraryModel::refused);
        drag(m_model->indexOf(f), 0, m_model->indexOf(f));
        QCOMPARE(refused.size(), 1);
        QCOMPARE(names(*m_model).join(u' '), u"f (b c) a d"_s);

        TriggerLibraryModel other;
        other.setItems({TriggerItem::of(trigger(u"z"_s))});
        const std::unique_ptr<QMimeData> foreign(other.mimeData({other.index(0, 0)}));
        QVERIFY(!m_model->dropMimeData(foreign.get(), Qt::MoveAction, 0, 0, {}));
        QMimeData garbage;
        garbage.setData(m_model->mimeTypes().first(), QByteArray("\xff\xff\xff\xf0garbage"));
        QVERIFY(!m_model->dropMimeData(&garbage, Qt::MoveAction, 0, 0, {}));
    }

    void whatWasRemovedComesBackWhereItWas()
    {
        fill();
        const QVector<TriggerItem> before = m_model->items();
        m_model->remove(m_model->idOf(at(0, at(1))));
        m_model->remove(m_model->idOf(at(1)));
        QCOMPARE(names(*m_model).join(u' '), u"a d"_s);
        QCOMPARE(m_model->restorable(), u"f"_s);
        QVERIFY(m_model->restore() != 0);
        QCOMPARE(names(*m_model).join(u' '), u"a f (c) d"_s);
        QCOMPARE(m_model->restorable(), u"b"_s);
        QVERIFY(m_model->restore() != 0); // its folder is another row by now: it comes to the top
        QCOMPARE(m_model->restore(), TriggerLibraryModel::Id(0));
        QCOMPARE(m_model->count(), 5);
        fill();
        m_model->remove(m_model->idOf(at(0, at(1))));
        m_model->restore();
        QVERIFY(m_model->items() == before);
    }

    void searchingFindsNameTargetAndText()
    {
        m_model->setItems({TriggerItem::ofFolder(u"Mail"_s, {TriggerItem::of(trigger(u"one"_s, u"needle"_s)), TriggerItem::of(trigger(u"two"_s))}),
                           TriggerItem::of(trigger(u"three"_s))});
        QSortFilterProxyModel found;
        QAbstractItemModelTester tester(&found, qtTest);
        found.setSourceModel(m_model.get());
        found.setRecursiveFilteringEnabled(true);
        found.setFilterRole(Role::Sort);
        found.setFilterFixedString(u"needle"_s);
        QCOMPARE(found.rowCount(), 1);
        QCOMPARE(found.rowCount(found.index(0, 0)), 1);
    }

    void theLibraryIsKeptInItsFile()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(u"triggers.json"_s);
        {
            TriggerLibrary library(path);
            QVERIFY(!QFile::exists(path)); // nothing to keep yet
            QVERIFY(library.model().add(TriggerItem::of(fullTrigger()), {}).ok());
            QTRY_VERIFY(QFile::exists(path)); // by itself, soon
            library.model().countSent(library.model().idOf(library.model().index(0, 0)));
        } // what is not saved yet is saved at the end
        TriggerLibrary again(path);
        QCOMPARE(again.trouble().kind, TriggerLibrary::Trouble::Kind::None);
        QCOMPARE(again.model().trigger(again.model().index(0, 0))->sent, 8);
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
    }

    void aDamagedFileIsKeptAsideAndNamed()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(u"triggers.json"_s);
        QFile damaged(path);
        QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write("{\"format\":\"reveille-triggers\"") > 0);
        damaged.close();
        TriggerLibrary library(path);
        QCOMPARE(library.trouble().kind, TriggerLibrary::Trouble::Kind::Damaged);
        QVERIFY(library.trouble().error.is("json-syntax"));
        QVERIFY(library.model().isEmpty());
        QVERIFY(library.model().add(TriggerItem::of(trigger(u"x"_s)), {}).ok());
        library.save();
        QVERIFY(QFile::exists(path));
        QFile kept(library.trouble().keptAs);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("{\"format\":\"reveille-triggers\""));
    }

    void whatAnotherProgramWroteIsNotOverwritten()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(u"triggers.json"_s);
        TriggerLibrary one(path);
        TriggerLibrary two(path);
        QVERIFY(one.model().add(TriggerItem::of(trigger(u"one"_s)), {}).ok());
        one.save();
        QVERIFY(two.model().add(TriggerItem::of(trigger(u"two"_s)), {}).ok());
        QSignalSpy trouble(&two, &TriggerLibrary::troubleChanged);
        two.save();
        QCOMPARE(trouble.size(), 1);
        QCOMPARE(two.trouble().kind, TriggerLibrary::Trouble::Kind::Changed);
        const auto kept = TriggerLibrary::readFile(two.trouble().keptAs);
        QVERIFY(kept.ok());
        QCOMPARE(kept->first().trigger.name, u"one"_s);
        QCOMPARE(TriggerLibrary::readFile(path)->first().trigger.name, u"two"_s);
    }

    void aFileThatCouldNotBeReadAgainIsNotWritten()
    {
        QTemporaryDir dir;
        TriggerLibrary library(dir.filePath(u"triggers.json"_s));
        TriggerLibraryModel &model = library.model();
        QVERIFY(model.add(TriggerItem::of(trigger(u"x"_s, QString(jsonMaxSize - 12000, u'a'))), {}).ok());
        for (int i = 0; i < 40; ++i)
            QVERIFY(model.add(TriggerItem::ofFolder(QString::number(i)), {}).ok());
        library.save();
        QCOMPARE(library.trouble().kind, TriggerLibrary::Trouble::Kind::None);
        for (int i = 0; i < 40; ++i)
            QVERIFY(model.rename(model.idOf(model.index(i + 1, 0)), QString(TriggerJson::longestName, u'\u20ac')).ok());
        QVERIFY(TriggerJson::write(model.items(), false).size() > jsonMaxSize);
        library.save();
        QCOMPARE(library.trouble().kind, TriggerLibrary::Trouble::Kind::Unsaved);
        QVERIFY(library.trouble().error.is("json-too-long"));
        const Result<QVector<TriggerItem>> kept = TriggerLibrary::readFile(library.path());
        QVERIFY(kept.ok());
        QCOMPARE(kept->last().name(), u"39"_s);
        model.remove(model.idOf(model.index(0, 0)));
        library.save();
        QCOMPARE(library.trouble().kind, TriggerLibrary::Trouble::Kind::None);
    }

    void tipsShowMarkupAsItIsWritten()
    {
        const QString hostile = u"<img src=x> & <b>bold</b>"_s;
        m_model->setItems({TriggerItem::of(trigger(u"x"_s, hostile)), TriggerItem::ofFolder(u"<img src=x>"_s)});
        for (int row = 0; row < 2; ++row) {
            const QString tip = at(row).data(Qt::ToolTipRole).toString();
            QVERIFY2(tip.contains(u"&lt;img src=x&gt;"_s) && !tip.contains(u"<img"_s), qPrintable(tip));
        }
        QCOMPARE(plainTip(u"a < b"_s), u"a < b"_s);
        QVERIFY(plainTip(QString(1000000, u'x')).size() < 2000);
    }

    void aFolderThatCannotBeWrittenIsTold()
    {
        QTemporaryDir dir;
        TriggerLibrary library(dir.filePath(u"missing/triggers.json"_s));
        QVERIFY(library.model().add(TriggerItem::of(trigger(u"x"_s)), {}).ok());
        library.save();
        QCOMPARE(library.trouble().kind, TriggerLibrary::Trouble::Kind::Unsaved);
        QVERIFY(library.trouble().error.is("file-unwritable"));
        QVERIFY(QDir(dir.path()).mkdir(u"missing"_s));
        library.save(); // nothing is lost: it is tried again
        QCOMPARE(library.trouble().kind, TriggerLibrary::Trouble::Kind::None);
        QVERIFY(TriggerLibrary::readFile(library.path()).ok());
    }
};

QTEST_GUILESS_MAIN(TestTriggers)
#include "tst_triggers.moc"
