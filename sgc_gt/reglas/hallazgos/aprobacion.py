"""Hallazgos sobre quién decidió, cuándo y sobre qué: aprobación, facultad, segregación y visación."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.etiquetas import ACTOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Evidencia, Ficha, Movimiento
from sgc_gt.dominio.importado import afuera
from sgc_gt.dominio.textos import comparable
from sgc_gt.reglas.hallazgos.hechos import Hechos, Rige, filas
from sgc_gt.reglas.hallazgos.valores import Senal, Visto, contar, enumerar, halla, impide

PLAZO_HABILES = 10
"""Los días hábiles sin contestar desde los que se avisa, mientras el plazo del oficio no se anote."""
_PREPARAR = "gestion"
"""El frente del Programa que prepara y rinde: no ejecuta nada que deba esperar la visación."""


def antes_de_aprobar(h: Hechos) -> Visto:
    """N-03: lo que rige sin prueba de su aprobación, lo aprobado después, y lo llenado antes de regir."""
    senales = [s for r in h.rigen if r.v.importada for s in _de_fuera(r)]
    senales += _llenados_antes(h)
    guarda = (
        "poner en vigencia: solo lo aprobado (y visado, si su tipo lo pide), y desde esa fecha en adelante"
    )
    emitidas = h.cuantos("emitir")
    return impide(senales, guarda, emitidas, contar(len(h.rigen), "versión vigente", "versiones vigentes"))


def _de_fuera(r: Rige) -> Iterator[Senal]:
    m = r.v.emision
    if m is None:
        return
    if r.v.aprobacion == "fuera_sin_respaldo":
        yield r.senal(
            f"{r.nombre} rige y no hay documento que pruebe su aprobación",
            m,
            hacer="consiga la resolución o el ejemplar firmado, o apruébelo en su próxima versión",
        )
    aprobado = afuera(m).fecha
    if aprobado and r.v.vigente_desde and aprobado > r.v.vigente_desde:
        yield r.senal(
            f"{r.nombre} rige desde el {imprimir_fecha(r.v.vigente_desde)} "
            f"y se aprobó el {imprimir_fecha(aprobado)}",
            m,
        )


def _llenados_antes(h: Hechos) -> Iterator[Senal]:
    """Los registros llenados en un formulario que ese día todavía no regía."""
    for g in h.guardados:
        desde = _desde(h, g.formulario, g.version)
        if g.registro and desde and g.fecha < desde:
            yield g.senal(
                f"{g.documento}, del {imprimir_fecha(g.fecha)}, está en {g.formulario} versión {g.version}, "
                f"que rige desde el {imprimir_fecha(desde)}"
            )


def _desde(h: Hechos, codigo: str, version: str) -> date | None:
    s = h.situaciones.get(codigo)
    v = s.de(version) if s else None
    return v.vigente_desde if v else None


def una_sola_persona(h: Hechos) -> Visto:
    """N-04: quien elaboró también decidió; las excepciones razonadas van en la nota."""
    senales = [s for r in h.rigen for s in _mismo_autor(h, r)]
    senales += [
        Senal(
            f"{d.codigo} versión {d.version}: {h.cargo(d.elabora)} figura como quien elabora y quien aprueba",
            d.codigo,
            d.version,
            hacer="al importarlo, deje a otro cargo que apruebe, o anote una excepción con su razón",
        )
        for d in h.declarados
        if d.elabora and d.elabora == d.aprueba
    ]
    excepciones = [f"{e.documento} ({e.motivo})" for e in h.servicio.excepciones if e.regla == "segregacion"]
    nota = f"excepciones razonadas: {enumerar(excepciones)}" if excepciones else ""
    guarda = "segregación: quien escribió el borrador no lo revisa, ni lo aprueba, ni lo anota"
    decisiones = h.cuantos("revisar", "aprobar")
    mirado = contar(len(h.rigen) + len(h.declarados), "documento", "documentos")
    return impide(senales, guarda, decisiones, mirado, nota)


def _mismo_autor(h: Hechos, r: Rige) -> Iterator[Senal]:
    if h.servicio.excepcion(r.codigo, "segregacion"):
        return
    for m in (*h.decidieron(r, "revisar"), *h.decidieron(r, "aprobar")):
        if m.correo in r.v.autores:
            yield r.senal(
                f"{r.nombre}: {h.cargo(m.cargo)} escribió el borrador y además hizo «{ACTOS[m.acto]}» "
                f"(movimiento {m.n})",
                m,
            )
    if r.v.importada and r.v.emision:
        dicho = afuera(r.v.emision)
        if dicho.elaboro and comparable(dicho.elaboro) == comparable(dicho.aprobo):
            texto = f"{r.nombre} llegó de fuera elaborado y aprobado por {dicho.elaboro}"
            yield r.senal(texto, r.v.emision)


def sin_facultad(h: Hechos) -> Visto:
    """N-05: con lo que hoy se sabe de cargos y subrogancias, quién no podía decidir ese día."""
    decisiones = list(h.movimientos(*sorted(tabla.DECISIONES)))
    senales = [
        Senal(
            f"{f.codigo} versión {m.version}, movimiento {m.n}: según las personas y subrogancias anotadas, "
            f"{m.correo} no ejercía {h.cargo(m.cargo)} el {imprimir_fecha(m.fecha)}",
            f.codigo,
            m.version,
            m.n,
            m.fecha,
            hacer="anote la subrogancia que lo habilitaba con su resolución, o apruebe de nuevo",
        )
        for f, m in decisiones
        if h.organizacion.investidura(m.correo, m.cargo, m.fecha) is None
    ]
    fuera = [r.codigo for r in h.rigen if r.v.importada]
    nota = (
        f"de lo aprobado fuera del sistema solo consta lo que dice su respaldo: {enumerar(fuera)}"
        if fuera
        else ""
    )
    guarda = "persona y cargo: se decide con el cargo vigente ese día, o con una subrogancia registrada"
    mirado = contar(len(decisiones), "decisión", "decisiones")
    return impide(senales, guarda, len(decisiones), mirado, nota)


def antes_de_visar(h: Hechos) -> Visto:
    """N-28: lo que pide visación y rige sin ella, y lo que el Programa empieza antes de tenerla."""
    piden = [r for r in h.rigen if h.con_visacion(r.ficha)]
    senales = [s for r in piden for s in (*_sin_visar(h, r), *_empieza_antes(h, r))]
    guarda = "poner en vigencia: un tipo con visación no rige sin el oficio que la da"
    mirado = contar(len(piden), "documento vigente con visación", "documentos vigentes con visación")
    nota = "se compara el mes de inicio de cada actividad; lo hecho fuera del sistema no se ve desde aquí"
    return impide(senales, guarda, sum(1 for r in piden if not r.v.importada), mirado, nota)


def _sin_visar(h: Hechos, r: Rige) -> Iterator[Senal]:
    visaciones = h.decidieron(r, "visar")
    if r.v.importada and not visaciones:
        yield r.senal(
            f"{r.nombre} llegó de fuera y no consta su visación",
            r.v.emision,
            hacer="archive el oficio de visación como respaldo, o vise la próxima versión",
        )
    for m in visaciones:
        if r.v.vigente_desde and m.fecha > r.v.vigente_desde:
            yield r.senal(
                f"{r.nombre} rige desde el {imprimir_fecha(r.v.vigente_desde)} "
                f"y se visó el {imprimir_fecha(m.fecha)}",
                m,
            )


def _empieza_antes(h: Hechos, r: Rige) -> Iterator[Senal]:
    """Las actividades de ejecución cuyo mes de inicio es anterior al de la visación."""
    visacion = max(h.decidieron(r, "visar"), key=lambda m: m.fecha, default=None)
    if visacion is None:
        return
    anio, visada = h.anio_de(r), visacion.fecha
    for a in filas(h.datos.get(r.codigo, {}), "actividades"):
        inicio = a.get("inicio")
        antes = isinstance(inicio, int) and (anio, inicio) < (visada.year, visada.month)
        if antes and a.get("frente") != _PREPARAR:
            yield r.senal(
                f"{r.nombre}: «{a.get('actividad', a.get('id'))}» empieza en el mes {inicio} de {anio} "
                f"y la visación es del {imprimir_fecha(visada)}",
                visacion,
                quien=str(a.get("responsable") or ""),
            )


def observacion_sin_respuesta(h: Hechos) -> Visto:
    """N-29: devuelto por un oficio y todavía sin volver a remitir."""
    devueltos = [(f, m, o) for f, m in h.movimientos("devolver") if (o := _oficio(m.evidencia))]
    senales, recientes = [], []
    for ficha, m, oficio in devueltos:
        if _se_contesto(ficha, m, h.fecha):
            continue
        dias = habiles(m.fecha, h.fecha)
        cuando = imprimir_fecha(m.fecha)
        numero = f"N° {oficio.numero}" + (f" ({oficio.decia})" if oficio.decia else "")
        frase = f"{ficha.codigo} versión {m.version}: el oficio {numero} lo observó el {cuando}"
        if dias > PLAZO_HABILES:
            texto = f"{frase} y en {dias} días hábiles no se ha vuelto a remitir"
            senales.append(
                Senal(texto, ficha.codigo, m.version, m.n, m.fecha, str(ficha.identidad.get("elabora", "")))
            )
        else:
            recientes.append(frase)
    nota = (
        "el plazo que da cada oficio no se anota: se avisa desde los diez días hábiles, sin contar feriados"
    )
    if recientes:
        nota = f"por contestar: {enumerar(recientes)}; {nota}"
    mirado = contar(len(devueltos), "oficio con observaciones", "oficios con observaciones")
    return halla(senales, mirado, nota)


def _oficio(evidencia: Iterable[Evidencia]) -> Evidencia | None:
    return next((e for e in evidencia if e.clase == "oficio"), None)


def _se_contesto(ficha: Ficha, devuelto: Movimiento, fecha: date) -> bool:
    """Si la versión volvió a remitirse, o se descartó."""
    suyos = (m for m in ficha.actos if m.n > devuelto.n and m.version == devuelto.version)
    return any(m.acto in ("remitir", "descartar") and m.fecha <= fecha for m in suyos)


def habiles(desde: date, hasta: date) -> int:
    """Días de lunes a viernes entre las dos fechas, contados desde el siguiente; sin feriados."""
    dias = (desde + timedelta(days=n) for n in range(1, (hasta - desde).days + 1))
    return sum(1 for d in dias if d.weekday() < 5)


def visado_distinto(h: Hechos) -> Visto:
    """N-30: lo que se visó y lo que rige son los mismos bytes."""
    visadas = [(r, m) for r in h.rigen for m in h.decidieron(r, "visar")]
    senales = [
        r.senal(f"{r.nombre}: se visó {m.huella[:14]}… y rige {r.v.huella[:14]}…", m)
        for r, m in visadas
        if m.huella != r.v.huella
    ]
    guarda = "lo enviado: se aprueba, se visa y se emite el mismo código de verificación, o se rechaza"
    mirado = contar(len(visadas), "versión vigente visada", "versiones vigentes visadas")
    return impide(senales, guarda, h.cuantos("visar"), mirado)
