// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triggerlibrary.h"

#include "models/triggerjson.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr Milliseconds afterChange{300};
constexpr Milliseconds afterFailure{10000};

/// One octet more than is allowed is enough to refuse it.
Result<QByteArray> octetsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{"file-unreadable", file.errorString()};
    const QByteArray octets = file.read(jsonMaxSize + 1);
    if (file.error() != QFileDevice::NoError)
        return Error{"file-unreadable", file.errorString()};
    return octets;
}

QByteArray digestOf(const QByteArray &octets)
{
    return QCryptographicHash::hash(octets, QCryptographicHash::Sha256);
}

} // namespace

TriggerLibrary::TriggerLibrary(QString path, QObject *parent) : QObject(parent), m_path(std::move(path))
{
    load();
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &TriggerLibrary::save);
    connect(&m_model, &TriggerLibraryModel::changed, this, [this] {
        m_dirty = true;
        m_soon.start(afterChange);
    });
}

TriggerLibrary::~TriggerLibrary()
{
    save();
}

Result<QVector<TriggerItem>> TriggerLibrary::readFile(const QString &path)
{
    const Result<QByteArray> octets = octetsOf(path);
    if (!octets)
        return octets.error();
    return TriggerJson::read(*octets);
}

Result<Done> TriggerLibrary::writeFile(const QString &path, const QByteArray &octets)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size() || !file.commit())
        return Error{"file-unwritable", file.errorString()};
    return Done{};
}

void TriggerLibrary::setTrouble(Trouble trouble)
{
    if (trouble == m_trouble)
        return;
    m_trouble = std::move(trouble);
    Q_EMIT troubleChanged();
}

void TriggerLibrary::setUnsaved(const Error &error)
{
    setTrouble({Trouble::Kind::Unsaved, error, {}});
    m_soon.start(afterFailure); // a full disk is emptied, a folder comes back
}

void TriggerLibrary::load()
{
    if (!QFileInfo::exists(m_path))
        return;
    const Result<QByteArray> octets = octetsOf(m_path);
    const Result<QVector<TriggerItem>> items = octets ? TriggerJson::read(*octets) : octets.error();
    if (items) {
        m_known = digestOf(*octets);
        m_model.setItems(*items);
        return;
    }
    const QString kept = keepAside("damaged");
    setTrouble({kept.isEmpty() ? Trouble::Kind::Locked : Trouble::Kind::Damaged, items.error(), kept});
}

QString TriggerLibrary::keepAside(const char *why)
{
    const QFileInfo file(m_path);
    const QString stem = file.path() + u'/' + file.completeBaseName() + u'-' + QLatin1StringView(why) + u'-'
        + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    const QString name = stem + u'.' + file.suffix();
    // rename() of QFile never takes the place of another file.
    return QFile::rename(m_path, name) ? name : QString();
}

void TriggerLibrary::save()
{
    m_soon.stop();
    if (!m_dirty || m_trouble.kind == Trouble::Kind::Locked)
        return;
    const QByteArray octets = TriggerJson::write(m_model.items(), false);
    if (octets.size() > jsonMaxSize) // it would be refused at the next start; the file there is worth more
        return setTrouble({Trouble::Kind::Unsaved, {"json-too-long", {}}, {}});
    Trouble trouble = m_trouble.kind == Trouble::Kind::Unsaved ? Trouble() : m_trouble;
    if (QFileInfo::exists(m_path)) {
        const Result<QByteArray> there = octetsOf(m_path);
        if (!there || digestOf(*there) != m_known) {
            trouble = {Trouble::Kind::Changed, {}, keepAside("other")};
            if (trouble.keptAs.isEmpty())
                return setUnsaved(there ? Error{"file-unwritable", m_path} : there.error());
        }
    }
    if (const Result<Done> written = writeFile(m_path, octets); !written)
        return setUnsaved(written.error());
    m_known = digestOf(octets);
    m_dirty = false;
    setTrouble(trouble);
}

} // namespace reveille
