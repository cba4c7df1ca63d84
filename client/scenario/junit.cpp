// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/junit.h"

#include <QXmlStreamWriter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

using State = ScenarioStepReport::State;

/// XML 1.0 section 2.2.
QString clean(const QString &text)
{
    QString cleaned;
    cleaned.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            cleaned += c;
            cleaned += text[++i];
        } else if (!c.isSurrogate() && c.unicode() < 0xfffe &&
                   (c.unicode() >= 0x20 || c == u'\n' || c == u'\t')) {
            cleaned += c;
        }
    }
    return cleaned;
}

QString seconds(Milliseconds time)
{
    return QString::number(double(time.count()) / 1000.0, 'f', 3);
}

struct Counts {
    int tests = 0, failures = 0, errors = 0, skipped = 0;
    Milliseconds took{0};

    void add(const ScenarioReport &report)
    {
        const auto count = [&](State state) {
            return int(std::count_if(report.steps.begin(), report.steps.end(),
                                     [&](const ScenarioStepReport &step) { return step.state == state; }));
        };
        const bool broken = report.verdict == ScenarioReport::Verdict::Broken;
        tests += int(report.steps.size()) + int(broken && report.endedAt() < 0);
        (broken ? errors : failures) += count(State::Failed);
        errors += int(broken && report.endedAt() < 0);
        skipped += count(State::Ahead) + count(State::Current) + count(State::Stopped);
        took += report.took;
    }
    void write(QXmlStreamWriter &xml) const
    {
        xml.writeAttribute(u"tests"_s, QString::number(tests));
        xml.writeAttribute(u"failures"_s, QString::number(failures));
        xml.writeAttribute(u"errors"_s, QString::number(errors));
        xml.writeAttribute(u"skipped"_s, QString::number(skipped));
        xml.writeAttribute(u"time"_s, seconds(took));
    }
};

QString failureText(const ScenarioStepReport &step)
{
    QStringList lines;
    if (!step.code.isEmpty())
        lines.append(step.code + u": "_s + step.about);
    for (const ScenarioExpectationReport &wanted : step.expectations) {
        lines.append(u"expected (%1): %2"_s.arg(QString::fromLatin1(toText(wanted.state)), wanted.expected));
        if (!wanted.actual.isEmpty())
            lines.append(u"actual: "_s + wanted.actual);
    }
    return (lines + step.evidence).join(u'\n');
}

QString firstMissed(const ScenarioStepReport &step)
{
    if (!step.code.isEmpty())
        return step.code + u": "_s + step.about;
    for (const ScenarioExpectationReport &wanted : step.expectations) {
        if (wanted.state == ScenarioExpectationReport::State::Missed)
            return wanted.expected;
    }
    return {};
}

void writeFault(QXmlStreamWriter &xml, const QString &element, const QString &type, const QString &message,
                const QString &text)
{
    xml.writeStartElement(element);
    xml.writeAttribute(u"type"_s, type);
    xml.writeAttribute(u"message"_s, clean(message.left(500)));
    xml.writeCharacters(clean(text));
    xml.writeEndElement();
}

void writeStep(QXmlStreamWriter &xml, const ScenarioReport &report, int index, const QString &language)
{
    const ScenarioStepReport &step = report.steps[index];
    xml.writeStartElement(u"testcase"_s);
    xml.writeAttribute(u"classname"_s, clean(u"scenario."_s + report.name));
    xml.writeAttribute(u"name"_s, clean(u"%1. %2"_s.arg(index + 1).arg(step.title.in(language))));
    xml.writeAttribute(u"time"_s, seconds(step.took));
    if (step.state == State::Failed) {
        const bool broken = report.verdict == ScenarioReport::Verdict::Broken;
        writeFault(xml, broken ? u"error"_s : u"failure"_s, broken ? u"broken"_s : u"expectation"_s,
                   firstMissed(step), failureText(step));
    } else if (step.state != State::Passed) {
        xml.writeStartElement(u"skipped"_s);
        xml.writeAttribute(u"message"_s, QString::fromLatin1(toText(step.state)));
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

void writeSuite(QXmlStreamWriter &xml, const ScenarioReport &report, const QString &language)
{
    Counts counts;
    counts.add(report);
    xml.writeStartElement(u"testsuite"_s);
    xml.writeAttribute(u"name"_s, clean(report.title.in(language)));
    counts.write(xml);
    xml.writeAttribute(u"timestamp"_s, report.began.toIso().left(19));
    xml.writeAttribute(u"hostname"_s, u"localhost"_s);
    for (int index = 0; index < report.steps.size(); ++index)
        writeStep(xml, report, index, language);
    if (report.verdict == ScenarioReport::Verdict::Broken && report.endedAt() < 0) {
        xml.writeStartElement(u"testcase"_s);
        xml.writeAttribute(u"classname"_s, clean(u"scenario."_s + report.name));
        xml.writeAttribute(u"name"_s, u"set up"_s);
        xml.writeAttribute(u"time"_s, seconds(report.took));
        writeFault(xml, u"error"_s, u"broken"_s, report.code + u": "_s + report.about, report.serverLog);
        xml.writeEndElement();
    }
    if (report.verdict != ScenarioReport::Verdict::Passed && !report.serverLog.isEmpty())
        xml.writeTextElement(u"system-err"_s, clean(report.serverLog));
    xml.writeEndElement();
}

} // namespace

QByteArray junitOf(const QVector<ScenarioReport> &reports, const QString &language)
{
    QByteArray octets;
    QXmlStreamWriter xml(&octets);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(u"testsuites"_s);
    Counts counts;
    for (const ScenarioReport &report : reports)
        counts.add(report);
    counts.write(xml);
    for (const ScenarioReport &report : reports)
        writeSuite(xml, report, language);
    xml.writeEndElement();
    xml.writeEndDocument();
    return octets;
}

} // namespace reveille
