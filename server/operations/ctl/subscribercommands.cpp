// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "operations/ctl/sentences.h"

#include <QFile>
#include <QJsonArray>
#include <QSaveFile>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

constexpr qint64 largestFile = Q_INT64_C(1) << 30;

QString countText(const QJsonObject &tally)
{
    const auto of = [&](QStringView name) { return QString::number(tally.value(name).toInteger()); };
    return Words::tr("%1 new, %2 changed, %3 as they are").arg(of(u"made"), of(u"changed"), of(u"unchanged"));
}

void writeReport(const CtlContext &context, const QJsonObject &report)
{
    const qint64 bad = report.value(u"bad_rows").toInteger();
    const qint64 rows = report.value(u"rows").toInteger();
    context.out << Words::tr("%1 rows: %2 good, %3 bad.\n").arg(rows).arg(rows - bad).arg(bad);
    context.out << Words::tr("Users: %1.\nDevices: %2.\n")
                       .arg(countText(report.value(u"users").toObject()), countText(report.value(u"devices").toObject()));
    const QJsonArray faults = report.value(u"bad").toArray();
    if (!faults.isEmpty()) {
        CtlTable table({Words::tr("LINE"), Words::tr("COLUMN"), Words::tr("NAME"), Words::tr("CODE"), Words::tr("ABOUT")});
        for (const QJsonValue value : faults) {
            const QJsonObject fault = value.toObject();
            const int column = fault.value(u"column").toInt();
            table.add({QString::number(fault.value(u"line").toInteger()), column == 0 ? u"-"_s : QString::number(column),
                       fault.value(u"name").toString(u"-"_s), fault.value(u"code").toString(),
                       fault.value(u"about").toString()});
        }
        context.out << '\n' << table.toString();
        if (bad > faults.size())
            context.out << Words::tr("… and %1 more.\n").arg(bad - faults.size());
    }
}

int import(const CtlContext &context)
{
    const QString name = context.arguments.at(0);
    QFile file(name);
    const bool opened = name == u"-"_s ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    const QByteArray octets = opened ? file.read(largestFile) : QByteArray();
    if (!opened || file.error() != QFileDevice::NoError) {
        context.err << "reveillectl: " << plainText(Words::tr("%1 cannot be read: %2").arg(name, file.errorString())) << '\n';
        return 1;
    }
    const bool dry = context.options.isSet(u"dry-run"_s);
    QByteArray target = "/v1/subscribers/import?dry_run=";
    target += dry ? "1" : "0";
    if (context.options.isSet(u"keep-good"_s))
        target += "&keep_good=1";
    const auto report = context.client.post(target, "text/csv; charset=utf-8", octets);
    if (!report && !report.error().problem.contains(u"bad"))
        return context.fail(report.error());
    const QJsonObject shown = report ? *report : report.error().problem;
    const qint64 bad = shown.value(u"bad_rows").toInteger();
    if (context.json) {
        context.print(shown);
    } else {
        writeReport(context, shown);
        if (shown.value(u"applied").toBool())
            context.out << Words::tr("Imported.\n");
        else if (shown.value(u"unreadable").toBool())
            context.out << Words::tr("Nothing was imported: the file cannot be read.\n");
        else if (dry)
            context.out << Words::tr("Nothing was imported: this was a dry run.\n");
        else
            context.out << Words::tr("Nothing was imported. --keep-good imports the good rows.\n");
    }
    return report && (bad == 0 || (!dry && shown.value(u"applied").toBool())) ? 0 : 1;
}

/// Takes what comes, page by page, without the header of further pages.
template <typename Write>
CtlResult<Done> everyPage(const CtlContext &context, Write write)
{
    QByteArray target = "/v1/subscribers/export?limit=10000";
    for (bool first = true; !target.isEmpty(); first = false) {
        QByteArray next;
        const auto page = context.client.page(target, &next);
        if (!page)
            return page.error();
        write(first ? *page : page->mid(page->indexOf('\n') + 1));
        target = next;
    }
    return Done{};
}

int exportAll(const CtlContext &context)
{
    const QString name = context.arguments.value(0, u"-"_s);
    context.out.flush();
    if (name == u"-"_s) {
        QFile out;
        if (!out.open(stdout, QIODevice::WriteOnly))
            return context.fail({u"output"_s, {}});
        const auto done = everyPage(context, [&](const QByteArray &octets) { out.write(octets); });
        return done ? 0 : context.fail(done.error());
    }
    QSaveFile file(name);
    bool good = file.open(QIODevice::WriteOnly);
    if (good) {
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        const auto done = everyPage(context, [&](const QByteArray &octets) { good = good && file.write(octets) == octets.size(); });
        if (!done)
            return context.fail(done.error());
    }
    if (good && file.commit())
        return 0;
    context.err << "reveillectl: " << plainText(Words::tr("%1 cannot be written: %2").arg(name, file.errorString())) << '\n';
    return 1;
}

QString fileHelp()
{
    return Words::tr("FILE (- is standard input) is CSV (RFC 4180) in UTF-8; its first row names the columns, in any order:\n"
                     "  user              sip:alice@lab.example (needed)\n"
                     "  user_name         display name; empty: as it is\n"
                     "  password          empty: as it is\n"
                     "  device            urn:uuid:…, imei:…, mac:…; empty: the user alone\n"
                     "  device_name       phone\n"
                     "  msisdn            +491701234567\n"
                     "  client_port       2948\n"
                     "  routes            sms:+491701234567:2948;wsp-udp:10.0.0.1:2948;http:<http://10.0.0.2:80/x>\n"
                     "  applications      names or registered numbers, by semicolons; empty: all\n"
                     "  content_types     text/plain;image/*\n"
                     "  max_message_size  octets\n"
                     "  sir_version       0, 1 or 2\n"
                     "  accepts_pushes    yes or no\n"
                     "  preferred         yes or no\n"
                     "  quiet_from, quiet_until  HH:MM in the zone\n"
                     "  order             1 to 999, where a push goes to one device; empty: behind those\n"
                     "  zone              Europe/Madrid; empty: UTC\n"
                     "An empty cell clears; a column that is not there leaves things as they are.\n"
                     "Ranges: +4917012345{00..99} makes a hundred rows; {n} is the number, {uuid} a UUID of its own,\n"
                     "the same at every import. Braces themselves are {{ and }}.\n");
}

} // namespace

QList<CtlCommand> subscriberCommands()
{
    return {
        {u"import"_s,
         u"FILE"_s,
         Words::tr("Makes and changes users and devices from a CSV file"),
         1,
         1,
         {QCommandLineOption(u"dry-run"_s, Words::tr("Only says what would come of it")),
          QCommandLineOption(u"keep-good"_s, Words::tr("Imports the good rows although others are bad"))},
         import,
         fileHelp()},
        {u"export"_s, u"[FILE]"_s, Words::tr("Writes users and devices as CSV, as import reads it"), 0, 1, {}, exportAll},
    };
}

} // namespace reveille
