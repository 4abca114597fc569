"""Hallazgos sobre lo que rige y se usa: copias, códigos, listas, revisiones, externos, distribución."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta

from sgc_gt.dominio.distribucion import copias
from sgc_gt.dominio.externos import VIGENTE, Externo
from sgc_gt.dominio.fechas import dia_por_partes, imprimir_fecha, leer_fecha, sumar_meses
from sgc_gt.dominio.importado import ANTERIOR
from sgc_gt.dominio.objetos import PLAN
from sgc_gt.dominio.textos import comparable
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.reglas.hallazgos import distribucion
from sgc_gt.reglas.hallazgos.hechos import Hechos
from sgc_gt.reglas.hallazgos.rige import Dicho, Rige
from sgc_gt.reglas.hallazgos.valores import Senal, Visto, contar, enumerar, halla, impide, no_se_sabe

AVISO = timedelta(days=60)
"""Con cuánta anticipación se anuncia una revisión que se acerca."""
_WORD = ".docx"
_EN_LISTA = frozenset({"emitir", "importar", "regir", "mantener", "dejar-sin-efecto"})
_ANIO = re.compile(r"\b(?:19|20)\d\d\b")
_DIA = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b\d\d[-/]\d\d[-/]\d{4}\b", re.ASCII)
_PROPIR = "propir"
_ANOTAR = "retire la copia y anote su entrega (sgc-gt distribuir) y su retiro (sgc-gt retirar-copia)"
_ANUAL = "presupuestos"
"""La ley que cambia todos los años: su edición dice de cuál es."""


def obsoleta_en_uso(h: Hechos) -> Visto:
    """N-01: copias controladas de lo que ya no rige sin retirar, y versiones obsoletas fuera de su lugar."""
    sueltos = [
        Senal(f"{a.ruta} es {a.igual_a}, que ya no rige", documento=a.igual_a.partition(" ")[0])
        for a in h.ajenos
        if a.igual_a
    ]
    citas = [
        r.senal(f"{r.nombre}, {a.lugar}: {a.evidencia}", quien=r.responsable, hacer=a.sugerencia)
        for r, a in h.alertadas("CODIGO-OBSOLETO")
    ]
    senales = [*distribucion.sin_retirar(h), *sueltos, *citas, *_copias_declaradas(h)]
    mirado = "los archivos de la carpeta y lo que citan los documentos vigentes"
    entregadas = sum(len(a.copias) for a in h.alcances)
    if not entregadas:
        return no_se_sabe("qué copias controladas hay fuera: no se ha anotado ninguna", senales, mirado)
    copias = contar(entregadas, "copia controlada", "copias controladas")
    return halla(senales, f"{copias}, {mirado}")


def _copias_declaradas(h: Hechos) -> Iterator[Senal]:
    """Las copias que el servicio declaró entregadas, de una versión que ya no rige y sin retirar."""
    fichas = {f.codigo: f for f in h.fichas}
    for r in (Dicho(a) for a in h.antecedentes if a.tipo == "distribucion"):
        d, rige, ficha = r.de.datos, _version_que_rige(h, r.codigo), fichas.get(r.codigo)
        version = str(d.get("version", ""))
        anotadas = {c.numero for c in copias(ficha, h.fecha)} if ficha else set()
        al_dia = not rige or version.lstrip("0") == rige.lstrip("0")
        if al_dia or d.get("retirada") is True or d.get("copia") in anotadas:
            continue
        copia = (
            f"la copia {d['copia']} en {d['soporte']}" if d.get("copia") and d.get("soporte") else "una copia"
        )
        yield Senal(
            f"{r.codigo} versión {version}: {copia} de {h.cargo(str(d.get('destinatario', '')))} "
            f"sigue sin retirar y rige la {rige} (declarado al comenzar)",
            r.codigo,
            version,
            quien=str(d.get("destinatario", "")),
            hacer=_ANOTAR if ficha else f"importe {r.codigo} (sgc-gt importar); después, {_ANOTAR}",
        )


def _version_que_rige(h: Hechos, codigo: str) -> str:
    """La vigente en el sistema o, si no está en él, la que el servicio declaró."""
    s = h.situaciones.get(codigo)
    if s and s.vigente:
        return s.vigente.version
    return next((d.version for d in h.declarados if d.codigo == codigo and d.estado == VIGENTE), "")


def copia_sin_control(h: Hechos) -> Visto:
    """N-02: ninguna copia sale del sistema sin decir lo que es."""
    otras = [r for r in h.rigen if not r.v.archivo.endswith(_WORD) or r.v.importada]
    nota = (
        f"no lleva la leyenda impresa lo que no es Word o llegó de fuera: {enumerar(r.codigo for r in otras)}"
        if otras
        else ""
    )
    guarda = "el sello y la copia: lo que rige lleva su leyenda al pie; lo que no, su marca en cada página"
    cuantas = len(h.rigen)
    return impide((), guarda, cuantas, contar(cuantas, "versión vigente", "versiones vigentes"), nota)


def codigo_repetido(h: Hechos) -> Visto:
    """N-08: un código es de un solo documento, para siempre."""
    usos: dict[str, list[str]] = defaultdict(list)
    for ficha in h.fichas:
        usos[ficha.codigo].append(ficha.codigo)
        for m in ficha.actos:
            if m.acto == "importar" and m.extra.get(ANTERIOR):
                usos[str(m.extra[ANTERIOR])].append(ficha.codigo)
    senales = [
        Senal(f"{codigo} nombra a más de un documento: {enumerar(sorted(suyos))}", suyos[0])
        for codigo, suyos in usos.items()
        if len(suyos) > 1
    ]
    senales += _declarados_dos_veces(h)
    abiertos = h.cuantos("crear", "importar", "registrar")
    guarda = "código nuevo: el sistema lo pone, y uno usado no se vuelve a usar"
    return impide(senales, guarda, abiertos, contar(len(h.fichas), "código", "códigos"))


def _declarados_dos_veces(h: Hechos) -> Iterator[Senal]:
    vistos: set[str] = set()
    for d in h.declarados:
        if d.codigo in vistos:
            yield Senal(f"{d.codigo} está dos veces entre los documentos declarados por importar", d.codigo)
        vistos.add(d.codigo)


def lista_desactualizada(h: Hechos) -> Visto:
    """N-09: la lista sale de los movimientos; lo declarado que nadie importó no está en ella."""
    fuera = [d for d in h.declarados if comparable(d.estado) == VIGENTE]
    senales = [
        Senal(
            f"{d.codigo} versión {d.version}, «{d.titulo}», se declaró vigente y no está en la lista maestra",
            d.codigo,
            d.version,
            hacer="impórtelo con su archivo y el respaldo de su aprobación: sgc-gt importar",
        )
        for d in fuera
    ]
    guarda = "poner en vigencia: el mismo movimiento reescribe la lista, que se exporta con su fecha de corte"
    mirado = contar(len(h.rigen), "documento en la lista maestra", "documentos en la lista maestra")
    return impide(senales, guarda, h.cuantos(*_EN_LISTA), mirado)


def revision_vencida(h: Hechos) -> Visto:
    """N-10: la próxima revisión ya pasó; las que se acercan van en la nota."""
    proximas = [(r, proxima) for r in h.rigen if (proxima := proxima_revision(h, r))]
    senales = [
        Senal(
            f"{r.codigo} versión {r.v.version} debía revisarse el {imprimir_fecha(p)}, "
            f"hace {contar((h.fecha - p).days, 'día', 'días')}",
            r.codigo,
            r.v.version,
            fecha=p,
            quien=r.responsable,
        )
        for r, p in proximas
        if p < h.fecha
    ]
    declaradas = [
        r for r, d in h.dichos("documentos") if isinstance(r, Dicho) and d.get("vencida_revision") is True
    ]
    senales += [
        r.senal(f"{r.codigo} versión {r.de.datos.get('version', '')}: se declaró con su revisión vencida")
        for r in declaradas
    ]
    cerca = [f"{r.codigo} ({imprimir_fecha(p)})" for r, p in proximas if h.fecha <= p <= h.fecha + AVISO]
    nota = f"vencen dentro de 60 días: {enumerar(cerca)}" if cerca else ""
    mirado = contar(len(proximas), "documento con revisión periódica", "documentos con revisión periódica")
    return halla(senales, mirado, nota, habia=proximas or declaradas)


def proxima_revision(h: Hechos, r: Rige) -> date | None:
    """Cuándo toca revisar lo que rige; None si su tipo no se revisa."""
    tipo = h.tipo(r.ficha)
    meses = tipo.revision_meses if tipo else 0
    return sumar_meses(r.situacion.ultima_revision, meses) if meses and r.situacion.ultima_revision else None


def externo_sin_control(h: Hechos) -> Visto:
    """N-18: externos sin verificar a tiempo, vencidos o de otro año; y los citados que nadie controla."""
    en_uso = [e for e in h.externos if e.estado == VIGENTE]
    senales = [
        Senal(f"{e.id}, «{e.titulo}»: {problema}", e.id, e.version, quien=e.verifica)
        for e in en_uso
        for problema in _problemas(e, h.fecha)
    ]
    senales += [
        r.senal(f"{r.nombre}, {a.lugar}: {a.enunciado}: {a.evidencia}", hacer=a.sugerencia)
        for r, a in h.alertadas("EXTERNO-SIN-LISTA", "EXTERNO-VENCIDO")
    ]
    senales += _propir_nuevo(h, en_uso)
    mirado = contar(len(en_uso), "documento externo en uso", "documentos externos en uso")
    return halla(senales, mirado, habia=h.externos)


def _propir_nuevo(h: Hechos, en_uso: Iterable[Externo]) -> Iterator[Senal]:
    """I-43: el Plan toma sus inversiones de un PROPIR, y la lista de externos tiene uno posterior."""
    nuevos = [(e, dia) for e in en_uso if _PROPIR in comparable(e.titulo) and (dia := _dia_de(e.version))]
    for r, datos in h.dichos(PLAN):
        propir = datos.get("propir")
        dicho = propir.get("corte") if isinstance(propir, Mapping) else None
        corte = dia_por_partes(dicho, r.anio) if dicho else None
        for e, dia in nuevos:
            if corte and dia > corte:
                antes, ahora = imprimir_fecha(corte), imprimir_fecha(dia)
                yield r.senal(
                    f"{r.nombre} toma sus inversiones del PROPIR con corte al {antes}, "
                    f"y {e.id} es del {ahora} (I-43)",
                    hacer="revise si cambian sus compromisos de inversión; si cambian, proponga modificarlo",
                )


def _dia_de(version: str) -> date | None:
    """El día que la edición de un externo dice; de un año a secas, el primero."""
    with suppress(UsoIncorrecto):
        if hallado := _DIA.search(version):
            return leer_fecha(hallado[0])
    anios = [int(a) for a in _ANIO.findall(version)]
    return date(max(anios), 1, 1) if anios else None


def _problemas(e: Externo, fecha: date) -> Iterator[str]:
    if e.vigencia_hasta and e.vigencia_hasta < fecha:
        yield f"su vigencia terminó el {imprimir_fecha(e.vigencia_hasta)}"
    if e.proxima_verificacion and e.proxima_verificacion < fecha:
        yield f"debía verificarse el {imprimir_fecha(e.proxima_verificacion)}"
    if e.ultima_verificacion is None and e.verificar_cada_meses:
        yield "nunca se ha verificado"
    anios = [int(a) for a in _ANIO.findall(e.version)]
    if _ANUAL in comparable(e.titulo) and anios and max(anios) < fecha.year:
        yield f"la edición anotada es la de {max(anios)} y corre {fecha.year}"


def version_fuera(h: Hechos) -> Visto:
    """N-23: archivos que ningún movimiento puso en la carpeta, o que no son los registrados."""
    frases = {
        "sobra": "ningún movimiento puso aquí este archivo",
        "modificado": "no es el registrado: alguien lo cambió",
        "falta": "no está en la carpeta",
        "enlace": "es un acceso a otra parte, no un archivo",
        "ilegible": "no se puede leer",
    }
    senales = [Senal(f"{a.ruta}: {frases[a.causa]}") for a in h.ajenos if not a.igual_a]
    nota = "las carpetas personales y el correo no se ven desde aquí"
    return halla(senales, "los archivos de la carpeta", nota)
