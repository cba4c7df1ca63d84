// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target over the files of one folder, so that what fuzzing once found stays found under every
// compiler.

#include <QDir>
#include <QFile>

#include <cstdio>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s CORPUS_FOLDER\n", argv[0]);
        return 2;
    }
    const QDir folder(QFile::decodeName(argv[1]));
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) {
            std::fprintf(stderr, "cannot read %s\n", qUtf8Printable(file.fileName()));
            return 1;
        }
        const QByteArray octets = file.readAll();
        std::printf("%s (%lld octets)\n", qUtf8Printable(name), static_cast<long long>(octets.size()));
        std::fflush(stdout);
        LLVMFuzzerTestOneInput(reinterpret_cast<const unsigned char *>(octets.constData()),
                               size_t(octets.size()));
    }
    if (names.isEmpty())
        std::fprintf(stderr, "%s holds no file\n", argv[1]);
    return names.isEmpty() ? 1 : 0;
}
