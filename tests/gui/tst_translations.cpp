// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"
#include "gui/guifixture.h"
#include "gui/scenariofixture.h"
#include "gui/subscriberdialogs.h"
#include "gui/wakedialog.h"
#include "models/sentences.h"
#include "models/timedisplay.h"

#include <QAbstractButton>
#include <QDirIterator>
#include <QGroupBox>
#include <QLabel>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <memory>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

namespace {

struct Message {
    QString context;
    QString source;
    QStringList translations; ///< several for a plural
    bool plural = false;
    bool finished = true;
};

QVector<Message> readMessages(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QVector<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"message") {
            messages.append({context, {}, {}, xml.attributes().value("numerus"_L1) == u"yes", true});
        } else if (xml.name() == u"source") {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == u"translation") {
            messages.last().finished = !xml.attributes().hasAttribute("type"_L1);
            if (!messages.last().plural)
                messages.last().translations = {xml.readElementText()};
        } else if (xml.name() == u"numerusform") {
            messages.last().translations.append(xml.readElementText());
        }
    }
    return messages;
}

QStringList places(const QString &text)
{
    static const QRegularExpression place(u"%L?[0-9n]+"_s);
    QStringList found;
    for (auto match = place.globalMatch(text); match.hasNext();)
        found.append(match.next().captured());
    found.sort();
    return found;
}

QStringList shownTexts(const QWidget &widget)
{
    QStringList texts{widget.windowTitle()};
    for (const auto *label : widget.findChildren<QLabel *>())
        texts.append(label->text());
    for (const auto *button : widget.findChildren<QAbstractButton *>())
        texts.append(button->text());
    for (const auto *group : widget.findChildren<QGroupBox *>())
        texts.append(group->title());
    return texts;
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT
private:
    const QString m_file = QStringLiteral(SOURCE_DIR "/translations/reveille_es.ts");
    QVector<Message> m_messages;
    QTranslator m_spanish;

private Q_SLOTS:
    void initTestCase()
    {
        m_messages = readMessages(m_file);
        QVERIFY(m_messages.size() > 500);
    }
    void cleanup() { QCoreApplication::removeTranslator(&m_spanish); }

    void everyTextIsTranslated()
    {
        for (const Message &message : std::as_const(m_messages)) {
            QVERIFY2(message.finished, qPrintable(message.context + u' ' + message.source));
            QCOMPARE(message.translations.size(), message.plural ? 2 : 1);
            for (const QString &translation : message.translations)
                QVERIFY2(!translation.isEmpty(), qPrintable(message.source));
            QVERIFY2(message.context.startsWith(u"reveille::"), qPrintable(message.context));
        }
    }

    void translationsKeepThePlacesOfValues()
    {
        for (const Message &message : std::as_const(m_messages)) {
            for (const QString &translation : message.translations)
                QVERIFY2(places(translation) == places(message.source), qPrintable(translation));
        }
    }

    void noTextOfTheSourcesIsMissing()
    {
        QTemporaryDir folder;
        const QString copy = folder.filePath(u"reveille_es.ts"_s);
        QVERIFY(QFile::copy(m_file, copy));
        QFile list(folder.filePath(u"sources.lst"_s));
        QVERIFY(list.open(QIODevice::WriteOnly));
        for (const QString &part : {u"/server/domain"_s, u"/models"_s, u"/gui"_s}) {
            QDirIterator sources(QStringLiteral(SOURCE_DIR) + part, {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                                 QDirIterator::Subdirectories);
            while (sources.hasNext())
                list.write(sources.next().toUtf8() + '\n');
        }
        list.close();
        QProcess lupdate;
        lupdate.start(QStringLiteral(LUPDATE),
                      {u"-no-obsolete"_s, u"-locations"_s, u"none"_s, u"-I"_s, QStringLiteral(SOURCE_DIR), u"-I"_s,
                       QStringLiteral(SOURCE_DIR "/server"), u'@' + list.fileName(), u"-ts"_s, copy});
        QVERIFY(lupdate.waitForFinished(60000));
        QCOMPARE(lupdate.exitCode(), 0);
        QStringList missing;
        for (const Message &message : readMessages(copy)) {
            if (!message.finished)
                missing.append(message.context + u": "_s + message.source);
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    }

    void everyEnglishPluralIsWritten()
    {
        QStringList written;
        for (const Message &message : readMessages(QStringLiteral(SOURCE_DIR "/translations/reveille_en.ts"))) {
            QVERIFY2(message.finished && message.translations.size() == 2, qPrintable(message.source));
            for (const QString &translation : message.translations)
                QVERIFY2(!translation.contains(u"(s)") && !translation.contains(u"(es)"), qPrintable(translation));
            written.append(message.context + message.source);
        }
        for (const Message &message : std::as_const(m_messages)) {
            if (message.plural)
                QVERIFY2(written.contains(message.context + message.source), qPrintable(message.source));
        }
        QTranslator english;
        QVERIFY(english.load(u":/i18n/reveille_en.qm"_s));
        QVERIFY(QCoreApplication::installTranslator(&english));
        QCOMPARE(TimeDisplay::duration(std::chrono::hours(24 * 3)), u"3 days"_s);
    }

    void speaksSpanishWhenAsked()
    {
        QCOMPARE(Sentences::state(LivenessState::Lost), u"Lost"_s);
        QVERIFY(m_spanish.load(QLocale(QLocale::Spanish), u"reveille"_s, u"_"_s, u":/i18n"_s));
        QVERIFY(QCoreApplication::installTranslator(&m_spanish));
        QCOMPARE(Sentences::state(LivenessState::Lost), u"Perdido"_s);
        QCOMPARE(Sentences::error({"device-mac", u"x"_s}),
                 u"«x» no es una dirección MAC de 12 cifras hexadecimales."_s);
        QCOMPARE(TimeDisplay::duration(std::chrono::hours(24 * 3)), u"3 días"_s);
        QCOMPARE(Sentences::check({"taken", Check::Outcome::Failed, u"refused-415"_s, ""}),
                 u"¿Lo ha aceptado el dispositivo? no (rechazado por el dispositivo: 415, no acepta este tipo de contenido)"_s);
    }

    void windowsShowNothingUntranslated()
    {
        QTranslator ofQt; // its own buttons
        QVERIFY(ofQt.load(QLocale(QLocale::Spanish), u"qtbase"_s, u"_"_s, u":/i18n"_s));
        QVERIFY(QCoreApplication::installTranslator(&ofQt));
        QVERIFY(m_spanish.load(QLocale(QLocale::Spanish), u"reveille"_s, u"_"_s, u":/i18n"_s));
        QVERIFY(QCoreApplication::installTranslator(&m_spanish));
        QSet<QString> english;
        for (const Message &message : std::as_const(m_messages)) {
            if (!message.translations.contains(message.source))
                english.insert(message.source);
        }
        QLocale::setDefault(QLocale(QLocale::Spanish));
        ScenarioFixture scenarios;
        GuiFixture &gui = scenarios.gui;
        scenarios.panel->show();
        std::vector<std::unique_ptr<QWidget>> windows;
        windows.push_back(std::make_unique<Composer>(gui.context));
        windows.push_back(std::make_unique<WakeDialog>(gui.context, DeviceId()));
        windows.push_back(std::make_unique<UserDialog>(gui.context, PublicUserId()));
        windows.push_back(std::make_unique<DeviceDialog>(gui.context, PublicUserId(), DeviceId()));
        windows.push_back(std::move(scenarios.panel));
        for (const auto &window : windows) {
            for (const QString &text : shownTexts(*window))
                QVERIFY2(!english.contains(text), qPrintable(text));
        }
        QLocale::setDefault(QLocale(QLocale::English));
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
