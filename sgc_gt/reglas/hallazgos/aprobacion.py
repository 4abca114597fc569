"""Hallazgos sobre quién decidió, cuándo y sobre qué: aprobación, facultad, segregación y visación."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.etiquetas import ACTOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.importado import afuera
from sgc_gt.dominio.plazos import habiles_entre
from sgc_gt.dominio.respuestas_plazo import PorResponder, por_responder
from sgc_gt.dominio.textos import comparable
from sgc_gt.reglas.hallazgos.hechos import Hechos, filas
from sgc_gt.reglas.hallazgos.rige import Rige
from sgc_gt.reglas.hallazgos.valores import Senal, Visto, contar, enumerar, halla, impide

PLAZO_HABILES = 10
"""Los días hábiles sin contestar desde los que se avisa, si el plazo del oficio no se anotó."""
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
    elabora, aprueba = (r.ficha.identidad.get(papel) for papel in ("elabora", "aprueba"))
    if elabora and elabora == aprueba and (decidio := h.decidieron(r, "aprobar")):
        texto = f"{r.nombre}: {h.cargo(str(elabora))} figura como quien elabora y quien aprueba"
        hacer = f"deje a otro cargo que apruebe con: sgc-gt reasignar {r.codigo} --aprueba CARGO"
        yield r.senal(texto, decidio[-1], hacer=hacer)
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
    """Las actividades de ejecución cuyo mes de inicio es anterior al de la primera visación del año.

    Una modificación de mitad de año se visa de nuevo: lo que ya se ejecutaba sigue amparado por la anterior.
    """
    anio = r.anio
    propias = {id(m) for m in h.decidieron(r, "visar")}
    visaciones = [
        m
        for f, m in h.movimientos("visar")
        if f.codigo == r.codigo and (m.fecha.year == anio or id(m) in propias)
    ]
    visacion = min(visaciones, key=lambda m: m.fecha, default=None)
    if visacion is None:
        return
    visada = visacion.fecha
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
    """N-29: devuelto por un oficio y sin volver a remitir en el plazo que dio, o contestado después de él."""
    devueltos = [(f, p) for f in h.fichas for p in por_responder(f, h.fecha)]
    senales = [s for f, p in devueltos if (s := _fuera_de_plazo(f, p, h.fecha))]
    por_contestar = [
        _observado(f, p, h.fecha) for f, p in devueltos if p.abierto and not _vencido(p, h.fecha)
    ]
    sin_plazo = [f.codigo for f, p in devueltos if p.plazo is None]
    notas = [f"por contestar: {enumerar(por_contestar)}"] if por_contestar else []
    if sin_plazo:
        notas.append(
            f"de {contar(len(sin_plazo), 'oficio', 'oficios')} no se anotó el plazo ({enumerar(sin_plazo)}): "
            f"se avisa desde los {PLAZO_HABILES} días hábiles, sin contar feriados"
        )
    mirado = contar(len(devueltos), "oficio con observaciones", "oficios con observaciones")
    return halla(senales, mirado, "; ".join(notas))


def _observado(ficha: Ficha, p: PorResponder, fecha: date) -> str:
    cuando = imprimir_fecha(p.devuelto.fecha)
    lugar = f"{ficha.codigo} versión {p.devuelto.version}" if p.devuelto.version else ficha.codigo
    numero = f"N° {p.oficio.numero}" + (f" ({p.oficio.decia})" if p.oficio.decia else "")
    frase = f"{lugar}: el oficio {numero} lo observó el {cuando}"
    return ", ".join(filter(None, (frase, p.en_palabras(fecha))))


def _vencido(p: PorResponder, fecha: date) -> bool:
    """Si pasó el plazo del oficio; si no lo dio, si pasó el que se supone."""
    if p.plazo is None:
        return p.abierto and habiles_entre(p.devuelto.fecha, fecha, ()) > PLAZO_HABILES
    return p.atraso(fecha) > 0


def _fuera_de_plazo(ficha: Ficha, p: PorResponder, fecha: date) -> Senal | None:
    if not _vencido(p, fecha):
        return None
    m = p.devuelto
    if p.contestado:
        dias = _habiles(p.atraso(fecha))
        fin = f" y se contestó el {imprimir_fecha(p.contestado.fecha)}, {dias} después del plazo"
    elif p.plazo:
        fin = " y no se ha vuelto a remitir"
    else:
        fin = f" y en {_habiles(habiles_entre(m.fecha, fecha, ()))} no se ha vuelto a remitir"
    texto = _observado(ficha, p, fecha) + fin
    return Senal(texto, ficha.codigo, m.version, m.n, m.fecha, str(ficha.identidad.get("elabora", "")))


def _habiles(dias: int) -> str:
    return contar(dias, "día hábil", "días hábiles")


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
