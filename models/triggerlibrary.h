// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/triggerlibrarymodel.h"

#include <QTimer>

namespace reveille {

/// The trigger library of a profile and its file. Every change is written soon after it, to a file beside it that then takes
/// its place. A file that cannot be read, or that somebody else wrote meanwhile, is kept under another name and never
/// overwritten. GUI thread (files are small).
class TriggerLibrary : public QObject
{
    Q_OBJECT
public:
    /// What is wrong with the file.
    struct Trouble {
        enum class Kind : quint8 {
            None,
            Damaged,  ///< it could not be read: `error`; it is kept as `keptAs` and a new one was begun
            Changed,  ///< somebody else wrote it: that is kept as `keptAs`
            Locked,   ///< it can neither be read nor put aside: nothing is saved, `error`
            Unsaved   ///< what was changed is not in the file, `error`
        };
        Kind kind = Kind::None;
        Error error;
        QString keptAs;

        bool lasts() const { return kind == Kind::Locked || kind == Kind::Unsaved; } ///< until it is put right
        friend bool operator==(const Trouble &a, const Trouble &b)
        {
            return a.kind == b.kind && a.keptAs == b.keptAs && a.error.is(b.error.code) && a.error.about == b.error.about;
        }
    };

    /// Reads the file at once, if there is one.
    explicit TriggerLibrary(QString path, QObject *parent = nullptr);
    ~TriggerLibrary() override; ///< saves what is not saved

    TriggerLibraryModel &model() { return m_model; }
    const Trouble &trouble() const { return m_trouble; }
    const QString &path() const { return m_path; }
    void save(); ///< at once, if there is anything to save; where it fails, again after a while

    /// Another file, of this format. Errors: file-unreadable, and those of TriggerJson::read.
    static Result<QVector<TriggerItem>> readFile(const QString &path);
    /// Error file-unwritable.
    static Result<Done> writeFile(const QString &path, const QByteArray &octets);

Q_SIGNALS:
    void troubleChanged();

private:
    void load();
    QString keepAside(const char *why); ///< the new name; empty: it could not be done
    void setTrouble(Trouble trouble);
    void setUnsaved(const Error &error);

    const QString m_path;
    TriggerLibraryModel m_model;
    Trouble m_trouble;
    QByteArray m_known; ///< digest of the file as we read or wrote it; empty: there was none
    QTimer m_soon;
    bool m_dirty = false;
};

} // namespace reveille
